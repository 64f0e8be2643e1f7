import type { Signature } from '../signature.ts';

export const recovered: Signature = {
  id: 'recovered',
  heading: 'It failed before, and works again',
  cause:
    'Scans failed, and a later scan against the same server ended well. Nothing has failed since, as far as this text goes.',
  why: 'The text holds a good scan after the last failure.',
  remedy: [
    'Nothing to do now. Look again if a client still fails.',
    'Several servers behind these clients: check each one. The limit belongs to each server by itself.',
  ],
  sureness: {
    likely: {
      cause:
        'Scans failed, and a later scan ended well. Nothing has failed since, as far as this text goes. It does not name the servers, so I take it that both were the same.',
    },
  },
  order: 'any order',
  link: null,
  mayPropose: false,
  limitKey: null,
  rank: 6,
  match: () => null,
};
