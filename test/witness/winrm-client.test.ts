import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { FrontTls } from '../../remote/practice/front/front-tls.ts';
import { findPowershell, powershellMissing } from '../../remote/practice/powershell/find-powershell.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { type PracticeServers, startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { rsaCertificate } from '../kit/rsa-certificate.ts';
import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import {
  runWinrmClient,
  type WinrmClientAnswer,
  type WinrmClientCase,
  whyNoWinrmClient,
} from './winrm-client.ts';

const specs = practiceServers.filter(({ state }) => state === 'limit-too-low');
const { key, cert: certificate } = selfSignedCertificate(['localhost']);
const own = rsaCertificate(2);
const script = '"Größe: $(6 * 7) €"; exit 3';
const answered = 'exit code 3, Größe: 42 €\n';

/** The servers, by what their listener is. */
const listeners: Readonly<Record<'http' | 'relaxed' | 'strict', Partial<FrontTls> | undefined>> = {
  http: undefined,
  relaxed: {
    basic: true,
    clientCertificates: [{ certificate: own.cert, user: 'svc-wsusbot' }],
    // python3-requests does not say that it could be asked later (post-handshake authentication), and Node.js cannot ask.
    maxVersion: 'TLSv1.2',
  },
  strict: { cbtHardening: 'Strict' },
};

const cases: readonly {
  readonly what: string;
  readonly on: keyof typeof listeners;
  readonly change?: Partial<WinrmClientCase>;
  readonly answer: string;
}[] = [
  { what: 'runs a script over HTTP, every message sealed by NTLM', on: 'http', answer: answered },
  {
    what: 'is refused over HTTP when it does not seal',
    on: 'http',
    change: { encryption: 'never' },
    answer: 'WinRMTransportError',
  },
  {
    what: 'is refused with a wrong password',
    on: 'http',
    change: { password: 'wrong' },
    answer: 'InvalidCredentialsError',
  },
  {
    what: 'runs a script over HTTPS by NTLM where channel binding is Relaxed',
    on: 'relaxed',
    answer: answered,
  },
  {
    what: 'runs a script over HTTPS by NTLM where channel binding is Strict',
    on: 'strict',
    answer: answered,
  },
  {
    what: 'is refused without channel binding where that is Strict',
    on: 'strict',
    change: { cbt: false },
    answer: 'InvalidCredentialsError',
  },
  {
    what: 'may seal over HTTPS, too',
    on: 'strict',
    change: { encryption: 'always' },
    answer: answered,
  },
  {
    what: 'runs a script over HTTPS by Basic',
    on: 'relaxed',
    change: { transport: 'basic', user: 'svc-wsusbot' },
    answer: answered,
  },
  {
    what: 'is refused by Basic where the service has it off',
    on: 'strict',
    change: { transport: 'basic', user: 'svc-wsusbot' },
    answer: 'InvalidCredentialsError',
  },
  {
    what: 'runs a script over HTTPS by a client certificate',
    on: 'relaxed',
    change: { transport: 'certificate', certificate: 'own.pem', key: 'own.key' },
    answer: answered,
  },
];

const why = findPowershell() === undefined ? powershellMissing : whyNoWinrmClient();

// What this proves: sign-in, sealing, channel binding, envelopes and the command shell of the practice server are as a client that
// this project did not write expects them; so it is a fair judge of ours. All cases are one run of Python: its start is the longest part.
describe('python3-winrm, as client of a practice server with a real PowerShell,', {
  skip: why ?? false,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-witness-'));
  const running: PracticeServers[] = [];
  let answers: readonly WinrmClientAnswer[] = [];

  before(async () => {
    for (const [name, pem] of [
      ['ca.pem', certificate],
      ['own.pem', own.cert],
      ['own.key', own.key],
    ] as const)
      writeFileSync(join(folder, name), pem);
    const targets: Record<string, Pick<WinrmClientCase, 'url' | 'user' | 'password'>> = {};
    for (const [name, tls] of Object.entries(listeners)) {
      const secure = tls && { tls: { key, certificate, ...tls } };
      const practice = await startPracticeServers({ specs, engine: 'powershell', ...secure });
      running.push(practice);
      const { winrm: url, target } = practice.server('wsus01');
      const { domain, user, password } = target.account;
      targets[name] = { url, user: `${domain}\\${user}`, password };
    }
    const defaults = { transport: 'ntlm', ca: 'ca.pem', script } as const;
    const asked = cases.map(({ on, change }) => {
      const target = targets[on] ?? assert.fail(on);
      return { ...defaults, ...target, ...change };
    });
    answers = await runWinrmClient(asked, folder);
  });

  after(async () => {
    await Promise.all(running.map((practice) => practice.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [index, { what, answer }] of cases.entries()) {
    test(what, () => {
      const seen = answers[index] ?? assert.fail('no answer');
      assert.equal('error' in seen ? seen.error : `exit code ${seen.status}, ${seen.out}`, answer);
    });
  }
});
