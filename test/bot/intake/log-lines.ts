import fc from 'fast-check';

const server = (time: string, rest: string): string => `2026-10-01 ${time} UTC\t${rest}`;

/** Constructed after the shapes in use. What each of them tells differs; most tell nothing. */
export const logLines: readonly string[] = [
  server('02:03:00.123', 'Info\tw3wp.12\tThreadEntry\tThreadHelper.ThreadStart'),
  server(
    '02:03:01.123',
    'Warning\tw3wp.12\tSoapUtilities.CreateException\tThrowException: actor = http://wsus01:8530/ClientWebService/client.asmx, ID=8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=5b1c1f5e-0000-4000-8000-000000000001',
  ),
  server(
    '02:04:01.123',
    'Warning\tw3wp.9\tSoapUtilities.CreateException\tThrowException: actor = http://wsus01:8530/ClientWebService/client.asmx, ID=9c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0ab, ErrorCode=ConfigChanged, Message=, Client=5b1c1f5e-0000-4000-8000-000000000002',
  ),
  server(
    '02:05:00.000',
    'Error\tw3wp.7\tClientImplementation.SyncUpdates\tSystem.ArgumentException: no such revision',
  ),
  '   at Microsoft.UpdateServices.Internal.ClientImplementation.SyncUpdates(Cookie cookie)',
  server(
    '02:06:00.000',
    'Info\tw3wp.7\tClientImplementation..ctor\tInitializing ClientWebService ProcessID = 380, Product Version = 10.0.14393.2969',
  ),
  '2015-10-30\t17:12:53:073\t 880\t1160\tEP\tGot WSUS Client/Server URL: "http://wsus02:8530/ClientWebService/client.asmx"',
  '2015-10-30\t17:12:54:073\t 880\t1160\tWS\tWARNING: Nws Failure: errorCode=0x803d0013',
  "2015-10-30\t17:12:54:073\t 880\t1160\tWS\tWARNING: Soap fault detail: errorCode='InvalidParameters', message='parameters.OtherCachedUpdateIDs', id='8889e6f6-cc94-4b2b-9d0c-9818649a5dfc', method='\"http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates\"'",
  '2015-10-30\t17:12:54:073\t 880\t1160\tPT\tWARNING: SyncUpdates_WithRecovery failed.: 0x80244007',
  '2015-10-30\t17:12:55:073\t 880\t1160\tPT\tWARNING:   ErrorCode:InvalidParameters(7)',
  '2015-10-30\t17:12:55:073\t 880\t1160\tPT\tWARNING:   Message:parameters.InstalledNonLeafUpdateIDs',
  '2015-10-30\t17:12:55:073\t 880\t1160\tPT\tWARNING:   Method:"http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates"',
  '2015-10-30\t17:12:55:073\t 880\t1160\tPT\tWARNING:   ID:7889e6f6-cc94-4b2b-9d0c-9818649a5dfc',
  '2015-10-30\t17:12:56:073\t 880\t1160\tAgent\t  * Added update {9C41B9E0-7A35-4D08-B6F2-E1835C7A90D4}.103 to search result',
  '2021/04/28 12:40:08.8784820 1224  7052  WebServices     *FAILED* [80240439] Web service call',
  '2021/04/28 12:40:09.8784820 1224  7052  ProtocolTalker  ServiceId = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}, Server URL = http://wsus03:8530/ClientWebService/client.asmx',
  '2021/04/28 12:41:08.8784820 1224  7052  Agent           Found 0 updates and 82 categories in search; evaluated appl. rules of 1234 out of 3000 deployed entities',
  '2021/04/28 12:41:09.8784820 1224  7052  ProtocolTalker  *FAILED* [80244007]',
  'ProtocolTalker.cpp @221',
  '2026-10-01 02:10:55 10.20.30.40 POST /ClientWebService/client.asmx - 8530 - 10.20.31.57 Windows-Update-Agent - 500 0 0 562',
  '2026-10-01 02:11:55 10.20.30.40 POST /ClientWebService/client.asmx - 8530 - 10.20.31.57 Windows-Update-Agent - 200 0 0 31',
  '<![LOG[OnSearchComplete - Failed to end search job. Error = 0x80244010.]LOG]!><time="10:15:47.293-120" date="10-01-2026" component="WUAHandler" context="" type="3" thread="5716" file="cwuahandler.cpp:3199">',
  '<![LOG[Async searching of updates: several lines,',
  'the second of them]LOG]!><time="10:15:48.293-120" date="10-01-2026" component="WUAHandler" context="" type="1" thread="5716" file="cwuahandler.cpp:1">',
  '{5E2D8C17-3B94-4F60-A7D1-09C8E5B64F32}\t2026-10-01 09:12:33:123+0200\t1\t148 [AGENT_DETECTION_FAILED]\t101\t{00000000-0000-0000-0000-000000000000}\t0\t80244007\tAutomaticUpdates\tFailure\tSoftware Synchronization\tWindows Update Client failed to detect with error 0x80244007.',
  'the rest of a line that a console broke',
  'größer als –2145107961',
  'WSUS server: http://wsus04:8530',
  '',
  '\t',
];

const ends = ['\n', '\r\n', '\r', '\u2028', '\u2029'];
const quiet = server(
  '02:00:00.000',
  'Info\tw3wp.1\tDependencyCache.RefreshThreadStart\tread 3 UpdateIds in DB in 19 ms',
);

/** Enough lines that tell nothing, so that the first lines, which are always read, are over. */
export const quietHead = `${quiet}\r\n`.repeat(70);

/** A text of such lines with quiet stretches between, in any mixture of line ends, with or without one at its end. */
export const logText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom(...logLines),
        fc.constantFrom(...ends),
        fc.nat({ max: 3 }).map((n) => (n === 3 ? 60 : n)),
      ),
      { maxLength: 25 },
    ),
    fc.boolean(),
  )
  .map(([parts, ended]) => {
    const text = parts.map(([line, end, gap]) => `${line}${end}${`${quiet}${end}`.repeat(gap)}`).join('');
    return ended ? text : text.replace(/[\r\n\u2028\u2029]+$/u, '');
  });
