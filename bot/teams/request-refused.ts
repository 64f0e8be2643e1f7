import { CodedError } from '../../remote/coded-error.ts';

/** Why a request to /api/messages was refused: one row per code, the same rows as in docs/errors.md. */
export const requestErrors = {
  'request.token-unreadable': {
    reason: 'it does not carry a token that can be read',
    remedy: 'Nothing: somebody else than the Bot Connector service called.',
  },
  'request.token-issuer': {
    reason: 'its token is not from the Bot Connector service of this cloud',
    remedy: 'When your own messages stay unanswered, check "cloud" in wsus-bot.yaml.',
  },
  'request.token-audience': {
    reason: 'its token is for another bot',
    remedy: 'When your own messages stay unanswered, check bot.appId in wsus-bot.yaml.',
  },
  'request.token-expired': {
    reason: 'its token has run out',
    remedy: 'When your own messages stay unanswered, set the clock of this host.',
  },
  'request.token-too-early': {
    reason: 'its token is not valid yet',
    remedy: 'When your own messages stay unanswered, set the clock of this host.',
  },
  'request.token-signature': {
    reason: 'its token is not signed by the Bot Connector service',
    remedy: 'Nothing: somebody made it up.',
  },
  'request.token-endorsement': {
    reason: 'its token is signed with a key that does not vouch for Teams',
    remedy: 'Nothing: it is from another channel of the Bot Connector service.',
  },
  'request.token-address': {
    reason: 'its token is for another address than the activity names',
    remedy: 'Nothing: somebody sent a token on with an activity of their own.',
  },
  'request.keys-unreachable': {
    reason: 'the keys of the Bot Connector service cannot be read',
    remedy: 'Let this host reach it over HTTPS, port 443 (docs/configuration.md, "The registration").',
  },
} as const;

export type RequestErrorCode = keyof typeof requestErrors;

/** Holds nothing of the request. */
export class RequestRefused extends CodedError {
  declare readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode) {
    super(code, { doing: 'receiving a request', ...requestErrors[code] });
    this.name = 'RequestRefused';
  }

  /** The answer to it. */
  get status(): 401 | 503 {
    return this.code === 'request.keys-unreachable' ? 503 : 401;
  }
}
