import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { unusedPort } from '../../../remote/practice/unused-port.ts';
import { inModule, withoutPowershell } from './in-module.ts';

const client = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService';
const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
const config = envelope(`<GetConfigResponse xmlns="${client}"><GetConfigResult/></GetConfigResponse>`);
const fault = envelope(
  '<s:Fault><faultcode>s:Server</faultcode><faultstring>no database</faultstring></s:Fault>',
);

type Answer = (response: ServerResponse) => void;
const answer =
  (status: number, type: string, body: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(body);
  };
const xml = 'text/xml; charset=utf-8';

/** What the service may answer to GetConfig, by the name of its case. */
const answers: Readonly<Record<string, Answer>> = {
  'a SOAP answer': answer(200, xml, config),
  'a SOAP answer with a BOM': answer(200, xml, `\ufeff${config}`),
  'a SOAP fault': answer(500, xml, fault),
  'a SOAP fault with status 200': answer(200, xml, fault),
  'the error page of a broken web.config': answer(
    500,
    'text/html',
    '<!DOCTYPE html><html><body>500.19</body></html>',
  ),
  'an error page that is larger than what is read': answer(500, 'text/html', '<p>'.repeat(100_000)),
  'a stopped pool': answer(503, 'text/html', '<html/>'),
  'SSL required': answer(403, 'text/html', '<html/>'),
  'a page that answers anything': answer(200, 'text/html', '<html>GetConfigResponse</html>'),
  'an answer to another call': answer(200, xml, envelope(`<GetCookieResponse xmlns="${client}"/>`)),
  'an answer with a document type': answer(200, xml, config.replace('?>', '?><!DOCTYPE s:Envelope>')),
  'a redirection': answer(302, 'text/html', '', { location: '/ClientWebService/elsewhere' }),
  'no answer in time': () => undefined,
  'an answer that never ends': (response) => {
    response.writeHead(200, { 'content-type': xml });
    response.write(config.slice(0, -20));
  },
};

const expected: Readonly<Record<string, readonly [status: number, isSoap: boolean]>> = {
  'a SOAP answer': [200, true],
  'a SOAP answer with a BOM': [200, true],
  'a SOAP fault': [500, true],
  'a SOAP fault with status 200': [200, false],
  'the error page of a broken web.config': [500, false],
  'an error page that is larger than what is read': [500, false],
  'a stopped pool': [503, false],
  'SSL required': [403, false],
  'a page that answers anything': [200, false],
  'an answer to another call': [200, false],
  'an answer with a document type': [200, false],
  'a redirection': [302, false],
  'no answer in time': [0, false],
  'an answer that never ends': [200, false],
};

/** Those that only the end of patience ends. */
const endless = new Set(['no answer in time', 'an answer that never ends']);

interface Asked {
  readonly request: IncomingMessage;
  readonly body: string;
}

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const certificates = z.record(z.string(), z.object({ certificate: z.string(), key: z.string() }));
const makeCertificates = `$made = @{}
foreach ($name in $cases) {
  $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
  $request = New-Object Security.Cryptography.X509Certificates.CertificateRequest "CN=$name", $key, ([Security.Cryptography.HashAlgorithmName]::SHA256)
  $names = New-Object Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder
  $names.AddDnsName("$name.example")
  $request.CertificateExtensions.Add($names.Build($false))
  $made[$name] = @{
    certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1)).ExportCertificatePem()
    key = $key.ExportPkcs8PrivateKeyPem()
  }
}
$made`;

const script = `$answers = @{ config = @{}; version = @{}; failures = @{}; binding = @{} }
foreach ($name in $cases.http.Keys) { $answers.config[$name] = Get-WebServiceConfig $cases.http[$name] $cases.http[$name].patience }
foreach ($name in $cases.https.Keys) {
  try { $answers.config[$name] = Get-WebServiceConfig $cases.https[$name] 60000 } catch { $answers.failures[$name] = (Get-CodedError $_).Code }
}
foreach ($name in $cases.http.Keys) {
  $answers.version[$name] = (Invoke-SiteRequest $cases.http[$name] '/ClientWebService/wusserverversion.xml' $null 60000).Status
}
foreach ($name in $cases.sites.Keys) {
  $site = $cases.sites[$name]
  $iis = @{
    app = @{ Failure = $null; Objects = @(@{ 'APP.NAME' = 'W/ClientWebService'; 'SITE.NAME' = 'W'; 'APPPOOL.NAME' = 'P'; path = '/ClientWebService' }) }
    site = @{ Failure = $null; Objects = @(@{ 'SITE.NAME' = 'W'; 'SITE.ID' = '7'; bindings = $site.bindings }) }
  }
  $wsus = @{ Installed = $true; SiteId = 7; Port = $site.port; UsingSsl = $site.ssl; CertificateName = $site['certificate'] }
  try {
    $binding = Find-WsusBinding $wsus $iis
    $answers.binding[$name] = "$($binding.Protocol) $($binding.Address) $($binding.Port) $($binding.Name)"
  } catch { $answers.failures[$name] = (Get-CodedError $_).Code }
}
$answers`;

const found = z.object({
  config: z.record(
    z.string(),
    z.object({ Status: z.number(), IsSoap: z.boolean(), Milliseconds: z.number() }),
  ),
  version: z.record(z.string(), z.number()),
  failures: z.record(z.string(), z.string()),
  binding: z.record(z.string(), z.string()),
});

const sites = {
  'the port of the registry': { bindings: 'http/*:80:,http/*:8530:,https/*:8531:', port: 8530, ssl: false },
  'SSL, certificate named in the registry': {
    bindings: 'http/*:8530:,https/*:8531:other.example',
    port: 8531,
    ssl: true,
    certificate: 'wsus.example',
  },
  'SSL, name of the binding': { bindings: 'http/*:8530:,https/*:8531:wsus.example', port: 8531, ssl: true },
  'SSL with the port of HTTP in the registry': {
    bindings: 'http/*:8530:,https/10.0.0.7:8531:wsus.example',
    port: 8530,
    ssl: true,
  },
  'a port that no binding has': { bindings: 'http/[::1]:80:wsus.example', port: 8530, ssl: false },
  'no port in the registry': { bindings: 'net.tcp/808:*,http/*:8530:', port: null, ssl: false },
  'no binding of this kind': { bindings: 'http/*:8530:', port: 8531, ssl: true },
};

describe('asking the client web service', { skip: withoutPowershell }, () => {
  let folder: string;
  let port: number;
  let asked: readonly Asked[];
  let ipv6: number | undefined;
  let result: z.infer<typeof found>;
  const servers: Server[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsus-bot-web-service-'));
    const made = certificates.parse(await inModule(makeCertificates, ['trusted', 'stranger']));
    await writeFile(join(folder, 'trusted.pem'), made.trusted?.certificate ?? '');

    const seen: Asked[] = [];
    asked = seen;
    const http = createServer(async (request, response) => {
      seen.push({ request, body: await text(request) });
      const number = /^c(\d+)\.example:/.exec(request.headers.host ?? '')?.[1];
      const reply = Object.values(answers)[Number(number)];
      if (reply === undefined) answer(404, 'text/html', '<html/>')(response);
      else if (request.method === 'POST') reply(response);
      else answer(200, xml, '<UpdateServerVersion/>')(response);
    });
    port = await listen(http);
    servers.push(http);
    const [trusted, stranger] = await Promise.all(
      ['trusted', 'stranger'].map(async (name) => {
        const { certificate: cert, key } = made[name] ?? {};
        const tls = createTlsServer({ cert, key }, answer200);
        servers.push(tls);
        return listen(tls);
      }),
    );
    const plain = createServer(answer200);
    servers.push(plain);
    const plainPort = await listen(plain);
    const v6 = createServer(answer200);
    v6.listen(0, '::1');
    ipv6 = await Promise.race([
      once(v6, 'listening').then(() => (v6.address() as AddressInfo).port),
      once(v6, 'error').then(() => undefined),
    ]);
    if (ipv6 !== undefined) servers.push(v6);

    const local = { Protocol: 'http', Address: '*', Port: port, Host: '', patience: 60_000 };
    const https = { ...local, Protocol: 'https' };
    result = found.parse(
      await inModule(
        script,
        {
          http: {
            ...Object.fromEntries(
              Object.keys(answers).map((name, number) => [
                name,
                { ...local, Name: `c${number}.example`, ...(endless.has(name) ? { patience: 3_000 } : {}) },
              ]),
            ),
            'another host name': { ...local, Name: 'elsewhere.example' },
            'no host name': { ...local, Address: '127.0.0.1', Port: plainPort, Name: '' },
            'a closed port': { ...local, Port: await unusedPort(), Name: '' },
            ...(ipv6 === undefined ? {} : { IPv6: { ...local, Address: '[::1]', Port: ipv6, Name: '' } }),
          },
          https: {
            'a trusted certificate': { ...https, Port: trusted, Name: 'trusted.example' },
            'a certificate of another name': { ...https, Port: trusted, Name: 'other.example' },
            'a certificate that nobody trusts': { ...https, Port: stranger, Name: 'stranger.example' },
            'HTTP on the port of HTTPS': { ...https, Port: plainPort, Name: 'trusted.example' },
            'a closed port of HTTPS': { ...https, Port: await unusedPort(), Name: 'trusted.example' },
          },
          sites,
        },
        {
          SSL_CERT_FILE: join(folder, 'trusted.pem'),
          SSL_CERT_DIR: folder,
          // A proxy that is not there: whoever asked it would get no answer.
          http_proxy: 'http://127.0.0.1:9',
          https_proxy: 'http://127.0.0.1:9',
        },
      ),
    );
  });
  after(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  for (const [name, [status, isSoap]] of Object.entries(expected)) {
    test(`${name}: ${status}, ${isSoap ? 'SOAP' : 'not SOAP'}`, () => {
      const { Status, IsSoap } = result.config[name] ?? {};
      assert.deepEqual([Status, IsSoap], [status, isSoap]);
    });
  }

  test('a binding with a host name is asked by that name, and the same site answers both requests', () => {
    assert.equal(result.version['a SOAP answer'], 200);
    assert.equal(result.version['another host name'], 404);
    assert.deepEqual(
      new Set(
        asked
          .filter(({ request }) => request.url?.endsWith('.xml'))
          .map(({ request }) => request.headers.host),
      ),
      new Set([
        ...Object.keys(answers).map((_name, n) => `c${n}.example:${port}`),
        `elsewhere.example:${port}`,
      ]),
    );
  });

  test('a binding without a name is asked by the address', () => {
    assert.equal(result.config['no host name']?.Status, 200);
    assert.equal(result.version['no host name'], 200);
  });

  test('a binding to an IPv6 address is asked there', (context) => {
    if (ipv6 === undefined) context.diagnostic('this machine has no IPv6 loopback');
    else assert.equal(result.config.IPv6?.Status, 200);
  });

  test('a closed port gives status 0', () => {
    assert.equal(result.config['a closed port']?.Status, 0);
    assert.equal(result.version['a closed port'], 0);
    assert.equal(result.config['a closed port of HTTPS']?.Status, 0);
  });

  test('a slow page does not keep wusserverversion.xml from being seen', () => {
    assert.equal(result.version['no answer in time'], 200);
  });

  test('the request is a SOAP 1.1 call of GetConfig', () => {
    const post = asked.find(({ request }) => request.method === 'POST');
    assert.ok(post !== undefined);
    const { request, body } = post;
    assert.equal(request.url, '/ClientWebService/client.asmx');
    assert.equal(request.headers.soapaction, `"${client}/GetConfig"`);
    assert.equal(request.headers['content-type'], 'text/xml; charset=utf-8');
    assert.equal(request.headers.expect, undefined);
    assert.equal(
      body,
      envelope(`<GetConfig xmlns="${client}"><protocolVersion>1.8</protocolVersion></GetConfig>`),
    );
  });

  test('a trusted certificate with the right name is accepted', () => {
    assert.deepEqual(
      [result.config['a trusted certificate']?.Status, result.config['a trusted certificate']?.IsSoap],
      [200, true],
    );
  });

  for (const name of ['a certificate of another name', 'a certificate that nobody trusts']) {
    test(`${name} is not accepted`, () => {
      assert.equal(result.failures[name], 'certificate-not-accepted');
    });
  }

  test('HTTP on the port of HTTPS is no certificate, and no answer either', () => {
    const name = 'HTTP on the port of HTTPS';
    assert.ok(result.failures[name] !== undefined || result.config[name]?.Status === 0);
  });

  for (const [name, binding] of [
    ['the port of the registry', 'http * 8530 '],
    ['SSL, certificate named in the registry', 'https * 8531 wsus.example'],
    ['SSL, name of the binding', 'https * 8531 wsus.example'],
    ['SSL with the port of HTTP in the registry', 'https 10.0.0.7 8531 wsus.example'],
    ['a port that no binding has', 'http [::1] 80 wsus.example'],
    ['no port in the registry', 'http * 8530 '],
  ] as const) {
    test(`the binding that is asked, with ${name}: ${binding.trim()}`, () => {
      assert.equal(result.binding[name], binding);
    });
  }

  test('a site that has no binding of the right kind is said to lack it', () => {
    assert.equal(result.failures['no binding of this kind'], 'binding-missing');
  });
});

function answer200(_request: IncomingMessage, response: ServerResponse): void {
  answer(200, xml, config)(response);
}
