/** Text as Microsoft's article on KB 4096317 prints it. */
export const articleClient = `WS error: <detail><ErrorCode>InvalidParameters</ErrorCode><Message>parameters.InstalledNonLeafUpdateIDs</Message><ID>GUID</ID><Method> http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates"</Method></detail>"

*FAILED\\* [80244007] SyncUpdates_WithRecovery failed`;

export const articleServer =
  'ThrowException: actor = http://WSUSServerName:8530/ClientWebService/client.asmxs, ID=GUID, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=Client_ID';

const id = (number: number) => `0a1b2c3d-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Constructed after the shape of SoftwareDistribution.log; real tabs. */
export function serverLine(
  options: {
    time?: string;
    id?: number;
    client?: number;
    message?: string;
    host?: string;
    thread?: number;
  } = {},
): string {
  const message = options.message ?? 'parameters.InstalledNonLeafUpdateIDs';
  const text = `ThrowException: actor = http://${options.host ?? 'wsus01.corp.example'}:8530/ClientWebService/client.asmx, ID=${id(options.id ?? 1)}, ErrorCode=InvalidParameters, Message=${message}, Client=${id(options.client ?? 900)}`;
  return `${options.time ?? '2026-11-24 21:40:12.345'} UTC\tError\tw3wp.${options.thread ?? 12}\tSoapUtilities.CreateException\t${text}`;
}

const method = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates';

export const detail = (message: string, fault = 2): string =>
  `<detail><ErrorCode>InvalidParameters</ErrorCode><Message>${message}</Message><ID>${id(fault)}</ID><Method>"${method}"</Method></detail>`;

/** Constructed after a real WindowsUpdate.log of Windows 8.1: one failure, told twice, tabs, hexadecimal thread. */
export const clientLog = (message = 'parameters.InstalledNonLeafUpdateIDs'): string => {
  const line = (text: string, component = 'WS') =>
    `2026-11-24\t22:40:12:073\t 880\t117c\t${component}\t${text}`;
  return [
    line('Got WSUS Client/Server URL: "http://wsus01.corp.example:8530/ClientWebService/client.asmx"', 'EP'),
    line('WARNING: Nws Failure: errorCode=0x803d0013'),
    line('WARNING: Soap fault info:'),
    line('WARNING: code: Client'),
    line(`WARNING: detail: ${detail(message)}`),
    line(
      `WARNING: Soap fault detail: errorCode='InvalidParameters', message='${message}', id='${id(2)}', method='"${method}"'`,
    ),
    line('FATAL: OnCallFailure failed with hr=0X80244007'),
    line('WARNING: PTError: 0x80244007', 'PT'),
    line('WARNING: SyncUpdates_WithRecovery failed.: 0x80244007', 'PT'),
  ].join('\r\n');
};

/** Microsoft's article on 0x80244007, blanks inside the elements as printed. */
export const simpleAuth = `2017-05-04 18:00:07:854 1676 117c WS WARNING: code: Server
2017-05-04 18:00:07:854 1676 117c WS WARNING: detail: <detail><ErrorCode> InternalServerError </ErrorCode><Message></Message><ID>9f8e13ac-3a64-41c6-a40b-cad7913fc1bb</ID><Method>"  http://www.microsoft.com/SoftwareDistribution/Server/SimpleAuthWebService/GetAuthorizationCookie "</Method></detail>
2017-05-04 18:00:07:854 1676 117c WS FATAL: OnCallFailure failed with hr= 0X80244007`;

export const upstream =
  '2026-11-24 21:00:00.000 UTC Error WsusService.25 SoapUtilities.LogException USS ThrowException: Actor = https://fe2.update.microsoft.com/v6/ServerSyncWebService/ServerSyncWebService.asmx, Method = "http://www.microsoft.com/SoftwareDistribution/GetUpdateData", ID=0a1b2c3d-0000-4000-8000-000000000077, ErrorCode=InternalServerError, Message=';

export const wuaHandler =
  '<![LOG[Scan failed with error = 0x80244007.]LOG]!><time="02:03:04.567-60" date="11-25-2026" component="WUAHandler" context="" type="3" thread="4711" file="wuahandler.cpp:1">';

export const reportingEvent =
  '{0A1B2C3D-0000-4000-8000-00000000000A}\t2026-11-25 03:03:04:567+0100\t1\t148 [AGENT_DETECTION_FAILED]\t101\t{00000000-0000-0000-0000-000000000000}\t0\t80244007\tAutomaticUpdatesWuApp\tFailure\tSoftware Synchronization\tWindows Update Client failed to detect with error 0x80244007.';
