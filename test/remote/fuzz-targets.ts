import { deserializeClixml } from '../../remote/psrp/deserialize-clixml.ts';
import { Defragmenter, encodeFragments } from '../../remote/psrp/fragment.ts';
import { emptyGuid } from '../../remote/psrp/guid.ts';
import { decodeMessage, encodeMessage, messageTypes } from '../../remote/psrp/message.ts';
import { createPipelineData } from '../../remote/psrp/messages/create-pipeline.ts';
import { errorRecordData } from '../../remote/psrp/messages/error-record.ts';
import { pipelineStateData, pipelineStates } from '../../remote/psrp/messages/pipeline-state.ts';
import { progressRecordData } from '../../remote/psrp/messages/progress-record.ts';
import { PipelineCollector } from '../../remote/psrp/pipeline-result.ts';
import { serializeClixml } from '../../remote/psrp/serialize-clixml.ts';
import { buildRequest } from '../../remote/winrm/envelope.ts';
import { faultError } from '../../remote/winrm/faults.ts';
import { decodeAuthenticateMessage } from '../../remote/winrm/ntlm/authenticate-message.ts';
import { avIds } from '../../remote/winrm/ntlm/av-pairs.ts';
import { encodeChallengeMessage } from '../../remote/winrm/ntlm/challenge-message.ts';
import { offeredFlags } from '../../remote/winrm/ntlm/negotiate-flags.ts';
import { decodeNegotiateMessage } from '../../remote/winrm/ntlm/negotiate-message.ts';
import { createNtlmClient } from '../../remote/winrm/ntlm/ntlm-client.ts';
import { fileTime, ntowfV2 } from '../../remote/winrm/ntlm/ntlm-v2.ts';
import { verifyAuthenticate } from '../../remote/winrm/ntlm/verify-authenticate.ts';
import { parseAnswer, readReceived, readShellId } from '../../remote/winrm/response.ts';
import { decodeSealedBody, sealBody } from '../../remote/winrm/sealed-body.ts';
import { buildFault, buildResponse, parseRequest } from '../../remote/winrm/server-envelope.ts';
import { createRequest } from '../../remote/winrm/shell-requests.ts';
import type { Target } from './fuzz.ts';
import { kerberosTargets } from './fuzz-targets-kerberos.ts';

const account = { domain: 'LAB', user: 'bot', password: 'kept-to-itself' };
const challenge = encodeChallengeMessage({
  flags: offeredFlags,
  serverChallenge: Buffer.alloc(8, 3),
  targetName: 'LAB',
  targetInfo: [
    { id: avIds.nbDomainName, value: Buffer.from('LAB', 'utf16le') },
    { id: avIds.timestamp, value: fileTime(1_700_000_000_000) },
  ],
});
const client = () =>
  createNtlmClient({
    account,
    randomBytes: (size) => Buffer.alloc(size, 5),
    now: () => 0,
    channelBindings: undefined,
  });
const authenticated = client().authenticate(challenge);

const ids = { poolId: emptyGuid, pipelineId: emptyGuid, destination: 'client' } as const;
const errorDetails = { message: 'no\nway', fullyQualifiedErrorId: 'Some,Id', target: 'x' };
const blobs = [
  encodeMessage({ ...ids, type: messageTypes.pipelineOutput, data: '{"a":1}' }),
  encodeMessage({ ...ids, type: messageTypes.errorRecord, data: errorRecordData(errorDetails) }),
  encodeMessage({
    ...ids,
    type: messageTypes.pipelineState,
    data: pipelineStateData(pipelineStates.failed, errorDetails),
  }),
  encodeMessage({
    ...ids,
    type: messageTypes.progressRecord,
    data: progressRecordData({ activity: 'WsusBot', status: 'backup', percent: 40 }),
  }),
];
const fragments = blobs.flatMap((blob, index) => encodeFragments(BigInt(index + 1), blob, 200));
const header = { relatesTo: `uuid:${emptyGuid}`, messageId: emptyGuid };
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const answers = [
  buildResponse(header, { operation: 'create', shellId: emptyGuid, resourceUri: 'http://x/y' }),
  buildResponse(header, { operation: 'receive', commandId: emptyGuid, streams: fragments, state: 'done' }),
  buildFault(header, { code: 2150858793, subcode: 'w:TimedOut', reason: 'late' }),
].map(utf8);

/** NTLM, Kerberos, CLIXML, fragments and envelopes, on either side. */
export const targets: Readonly<Record<string, Target>> = {
  'an NTLM challenge': { samples: [challenge], read: (bytes) => client().authenticate(bytes) },
  'an NTLM negotiate message': {
    samples: [client().negotiateMessage],
    read: decodeNegotiateMessage,
  },
  'an NTLM authenticate message': {
    samples: [authenticated.message],
    read: (bytes) => {
      decodeAuthenticateMessage(bytes);
      const handshake = { negotiate: client().negotiateMessage, challenge, authenticate: bytes };
      return verifyAuthenticate(handshake, (named) => ntowfV2({ ...named, password: account.password }));
    },
  },
  'a sealed body': {
    samples: [sealBody(authenticated.context, Buffer.from('<s:Envelope/>')).body],
    read: decodeSealedBody,
  },
  CLIXML: {
    samples: [
      serializeClixml(createPipelineData({ name: 'Get-It', parameters: { A: 1, B: 'x_x0041_' } })),
      serializeClixml(errorRecordData(errorDetails)),
      '<Obj RefId="0"><TN RefId="0"><T>a</T></TN><LST><Ref RefId="0"/><Obj RefId="1"><TNRef RefId="0"/><I32>7</I32></Obj></LST></Obj>',
    ].map(utf8),
    read: (bytes) => deserializeClixml(bytes.toString('utf8')),
  },
  'a PSRP message': {
    samples: blobs,
    read: (bytes) => new PipelineCollector().add(decodeMessage(bytes)),
  },
  'a stream of fragments': {
    samples: [Buffer.concat(fragments)],
    read: (bytes) => {
      const defragmenter = new Defragmenter();
      for (let at = 0; at < bytes.length; at += 37) defragmenter.push(bytes.subarray(at, at + 37));
    },
  },
  'an answer': {
    samples: answers,
    read: (bytes) => {
      const answer = parseAnswer(bytes.toString('utf8'), emptyGuid);
      if (!answer.ok) return faultError(answer.fault, 'fuzzing');
      return answer.body.children.some(({ name }) => name === 'ReceiveResponse')
        ? readReceived(answer.body)
        : readShellId(answer.body);
    },
  },
  'a request': {
    samples: [
      buildRequest(
        {
          to: 'http://h:5985/wsman',
          resourceUri: 'http://x/y',
          sessionId: emptyGuid,
          operationTimeout: 20_000,
        },
        { ...createRequest(emptyGuid, '2.3', 60_000, Buffer.concat(fragments)), messageId: emptyGuid },
      ),
    ].map(utf8),
    read: (bytes) => parseRequest(bytes.toString('utf8')),
  },
  ...kerberosTargets,
};
