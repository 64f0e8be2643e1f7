import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { DownloadError, type DownloadErrorCode } from '../../../bot/download/download-error.ts';
import { isInSharePoint, isOnThisMachine } from '../../../bot/download/file-places.ts';
import { type DownloadSettings, defaultDownload, openDownload } from '../../../bot/download/open-download.ts';
import {
  brokenOff,
  type FakeFileHost,
  type FileAnswer,
  packed,
  pieces,
  redirectTo,
  silent,
  stalled,
  startFakeFileHost,
  status,
  whole,
} from '../../kit/fake-file-host.ts';

const startHost = async (t: TestContext): Promise<FakeFileHost> => {
  const host = await startFakeFileHost();
  t.after(() => host.close());
  return host;
};

/** All of a file, over TLS under the name of a tenant's SharePoint. */
const fetchAll = async (
  { agent }: FakeFileHost,
  url: string,
  settings: Partial<DownloadSettings> = {},
  signal = new AbortController().signal,
): Promise<{ size: number | undefined; text: string }> => {
  const { size, bytes } = await openDownload(
    url,
    { ...defaultDownload, mayFetch: isInSharePoint, agent, ...settings },
    signal,
  );
  return { size, text: await textOf(bytes) };
};

const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** Refused with this code, and without a word of the address. */
const refusedWith = (code: DownloadErrorCode) => (error: unknown) => {
  assert.ok(error instanceof DownloadError, inspect(error));
  assert.equal(error.code, code);
  assert.doesNotMatch(`${error.message} ${error.reason} ${error.remedy}`, /secret|sharepoint\.com\//);
  return true;
};

describe('a file comes', () => {
  test('whole, with its size', async (t) => {
    const host = await startHost(t);
    host.give('a.log', whole('one\ntwo'));
    assert.deepEqual(await fetchAll(host, host.url('a.log')), { size: 7, text: 'one\ntwo' });
  });

  test('in pieces, without a size', async (t) => {
    const host = await startHost(t);
    host.give('a.log', pieces(['one\n', 'two']));
    assert.deepEqual(await fetchAll(host, host.url('a.log')), { size: undefined, text: 'one\ntwo' });
  });

  test('empty', async (t) => {
    const host = await startHost(t);
    host.give('a.log', whole(''));
    assert.deepEqual(await fetchAll(host, host.url('a.log')), { size: 0, text: '' });
  });

  test('after its host sent on to another address of the same host', async (t) => {
    const host = await startHost(t);
    host.give('a.log', redirectTo('/b.log?x=1'));
    host.give('b.log', whole('one'));
    assert.equal((await fetchAll(host, host.url('a.log'))).text, 'one');
  });

  test('asked for with nothing that says who asks', async (t) => {
    const host = await startHost(t);
    host.give('a.log', whole('one'));
    await fetchAll(host, host.url('a.log'));
    const [request] = host.requests;
    assert.deepEqual(Object.keys(request?.headers ?? {}).toSorted(), [
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    assert.equal(request?.headers['accept-encoding'], 'identity');
  });

  test('over plain HTTP in the demo', async (t) => {
    const host = await startHost(t);
    host.give('a.log', whole('one'));
    const settings = { ...defaultDownload, mayFetch: isOnThisMachine };
    const { bytes } = await openDownload(host.loopbackUrl('a.log'), settings, new AbortController().signal);
    assert.equal(await textOf(bytes), 'one');
  });
});

describe('a file is refused', () => {
  const refusals: [string, FileAnswer, DownloadErrorCode, Partial<DownloadSettings>?][] = [
    ['when its link ran out', status(401), 'download.gone'],
    ['when its link is forbidden', status(403), 'download.gone'],
    ['when it is not there', status(404), 'download.gone'],
    ['when it was deleted', status(410), 'download.gone'],
    ['when the host is busy', status(429), 'download.not-given'],
    ['when the host has a defect', status(500), 'download.not-given'],
    ['when only a part of it is answered', status(206), 'download.not-given'],
    ['when nothing is answered', status(204), 'download.not-given'],
    ['when its host sends on to another host', redirectTo('https://evil.sharepoint.com/a'), 'download.moved'],
    ['when its host sends on to this machine', redirectTo('http://127.0.0.1/a'), 'download.moved'],
    [
      'when its host sends on to plain HTTP',
      redirectTo('http://contoso-my.sharepoint.com/a'),
      'download.moved',
    ],
    ['when its host sends on to nowhere', redirectTo('http://'), 'download.moved'],
    ['when its host sends on in a circle', redirectTo('/a.log'), 'download.moved'],
    ['when it says that it is too large', whole('12345678901'), 'download.too-large', { most: 10 }],
    ['when it turns out too large', pieces(['12345', '678901']), 'download.too-large', { most: 10 }],
    ['when it breaks off', brokenOff('one'), 'download.cut-short'],
    ['when it stops in the middle', stalled('one'), 'download.stalled', { silence: 20 }],
    ['when its host says nothing', silent, 'download.stalled', { silence: 20 }],
    ['when it takes too long', stalled('one'), 'download.too-slow', { patience: 40 }],
    ['when it was packed for the way', packed(gzipSync(Buffer.alloc(1_000_000))), 'download.not-given'],
  ];
  for (const [what, answer, code, settings] of refusals) {
    test(`${what}: ${code}`, async (t) => {
      const host = await startHost(t);
      host.give('a.log', answer);
      await assert.rejects(fetchAll(host, host.url('a.log'), settings), refusedWith(code));
      await host.idle();
    });
  }

  test('without asking its host, when it lies elsewhere', async (t) => {
    const host = await startHost(t);
    for (const url of ['https://evil.example/a.log', host.loopbackUrl('a.log'), 'no address', '']) {
      await assert.rejects(fetchAll(host, url), refusedWith('download.place'));
    }
    assert.deepEqual(host.requests, []);
  });

  test('when its host has no certificate that counts', async (t) => {
    const host = await startHost(t);
    host.give('a.log', whole('one'));
    const other = await startHost(t);
    const { createConnection } = host.agent;
    // Leads to a host of the same name, whose certificate this one does not know.
    host.agent.createConnection = (options, ...rest) =>
      createConnection.call(host.agent, { ...options, servername: 'evil.example' }, ...rest);
    await assert.rejects(fetchAll(host, other.url('a.log')), refusedWith('download.unreachable'));
    assert.deepEqual(host.requests, []);
  });

  test('when nobody listens there', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as { port: number };
        server.close(() => resolve(free));
      });
    });
    const settings = { ...defaultDownload, mayFetch: isOnThisMachine };
    const opening = openDownload(`http://127.0.0.1:${port}/a`, settings, new AbortController().signal);
    await assert.rejects(opening, refusedWith('download.unreachable'));
  });
});

describe('a person stops it', () => {
  test('before it is asked for', async (t) => {
    const host = await startHost(t);
    await assert.rejects(
      fetchAll(host, host.url('a.log'), {}, AbortSignal.abort('stopped')),
      refusedWith('download.stopped'),
    );
  });

  test('in the middle, and the connection is closed', async (t) => {
    const host = await startHost(t);
    host.give('a.log', stalled('one'));
    const controller = new AbortController();
    const { bytes } = await openDownload(
      host.url('a.log'),
      { ...defaultDownload, mayFetch: isInSharePoint, agent: host.agent },
      controller.signal,
    );
    await assert.rejects(async () => {
      for await (const _ of bytes) controller.abort('stopped');
    }, refusedWith('download.stopped'));
    await host.idle();
  });

  test('by leaving it, and the connection is closed', async (t) => {
    const host = await startHost(t);
    host.give('a.log', stalled('one'));
    const { bytes } = await openDownload(
      host.url('a.log'),
      { ...defaultDownload, mayFetch: isInSharePoint, agent: host.agent },
      new AbortController().signal,
    );
    for await (const _ of bytes) break;
    await host.idle();
  });
});
