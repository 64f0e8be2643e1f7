import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PracticeIis } from '../host/practice-iis.ts';
import type { MachineAnswer } from './machine-calls.ts';

export interface PracticeWebService {
  readonly port: number;
  /** Where the PowerShell layer asks the machine: an address that nobody can guess. */
  readonly address: string;
  close(): Promise<void>;
}

const clientNamespace = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService';
const largestRequest = 65_536;

/**
 * The site of WSUS on loopback: wusserverversion.xml and GetConfig of ClientWebService, each answered as IIS stands at that
 * moment. On the same port, for the PowerShell layer alone, the machine's calls.
 */
export async function startPracticeWebService(
  iis: PracticeIis,
  call: (name: string, input: unknown) => Promise<MachineAnswer>,
): Promise<PracticeWebService> {
  const secret = randomUUID();
  /** The worker whose first answer is behind it: a service that has just started is slow to answer. */
  let awake = iis.worker?.pid;
  const http = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = await readBody(request);
    const machineCall = new RegExp(`^/${secret}/([a-z-]+)$`).exec(path)?.[1];
    if (machineCall !== undefined) {
      await answerCall(response, () => call(machineCall, JSON.parse(body)));
      return;
    }
    if (path === '/ClientWebService/client.asmx' && iis.worker !== null && awake !== iis.worker.pid) {
      awake = iis.worker.pid;
      await iis.answering();
    }
    answerSite(response, path, body, iis);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    port,
    address: `http://127.0.0.1:${port}/${secret}`,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

async function answerCall(response: ServerResponse, call: () => Promise<MachineAnswer>): Promise<void> {
  let answer: MachineAnswer;
  try {
    answer = await call();
  } catch (error) {
    answer = { refused: { code: 'practice-failed', text: String(error) } };
  }
  send(response, 200, 'application/json', JSON.stringify(answer));
}

function answerSite(response: ServerResponse, path: string, body: string, iis: PracticeIis): void {
  const isVersion = path === '/ClientWebService/wusserverversion.xml';
  const isConfig = path === '/ClientWebService/client.asmx' && body.includes('<GetConfig ');
  if (!isVersion && !isConfig) {
    send(response, 404, 'text/html', page('404 - File or directory not found.'));
    return;
  }
  const { versionStatus, getConfigStatus } = iis.askService();
  const status = isVersion ? versionStatus : getConfigStatus;
  if (status === 503) send(response, 503, 'text/html', page('HTTP Error 503. The service is unavailable.'));
  else if (status === 500) send(response, 500, 'text/html', page('Server Error in /ClientWebService'));
  else send(response, 200, 'text/xml', isVersion ? versionFile : configAnswer);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  // Not chained: restify, which the demo runs in the same process, replaces writeHead by one that returns nothing.
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` });
  response.end(body);
}

const page = (title: string): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

const versionFile = '<?xml version="1.0" encoding="utf-8"?>\r\n<version>10.0</version>\r\n';

const property = (name: string, value: string): string =>
  `<ConfigurationProperty><Name>${name}</Name><Value>${value}</Value></ConfigurationProperty>`;

const configAnswer =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
  `<GetConfigResponse xmlns="${clientNamespace}"><GetConfigResult><IsRegistrationRequired>true</IsRegistrationRequired>` +
  `<Properties>${property('MaxExtendedUpdatesPerRequest', '50')}${property('ProtocolVersion', '3.2')}</Properties>` +
  '</GetConfigResult></GetConfigResponse></soap:Body></soap:Envelope>';

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestRequest) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
