/**
 * What logs are mostly made of: constructed lines in the shapes of SoftwareDistribution.log, WindowsUpdate.log of both kinds, IIS and CMTrace.
 * The scanner's tables are chosen so that such text passes them by.
 */
export const logSample = [
  '2026-10-01 07:24:38.546 UTC\tInfo\tw3wp.54\tClientImplementation.SyncUpdates\tcomputer 84c20efd-5b4d-4e2f-a3d9-1c0e97d6f1a7: 318 installed non-leaf, 12065 cached, 17 new\r\n',
  '2026-10-02 00:53:19.102 UTC\tInfo\tWsusService.21\tEventLogEventReporter.ReportEvent\tEventId=10101,Type=Information,Category=WebService,Message=The Client Web Service is working correctly.\r\n',
  '2026-10-11 14:09:40.377 UTC\tInfo\tw3wp.8\tDependencyCache.RefreshThreadStart\tread 62 UpdateIds in DB in 1940 ms\r\n',
  '2026-10-20 21:35:41.815 UTC\tInfo\tWsusService.33\tThreadEntry\tThreadHelper.ThreadStart => ContentSyncAgent.WakeUpWorkerThreadProc, revision 2704\r\n',
  '2026-10-28 18:46:02.693 UTC\tWarning\tw3wp.70\tSusEventDispatcher.TriggerEvent\tNotificationEventName: DeploymentChange, EventInfo: f03ba675-d1c8-4b2e-9e57-605dfa98b324\r\n',
  '2026/10/01 09:31:12.4830617 1164  6428  Agent           Update {3D7B52E4-90AF-4C61-8F2E-6A15D0C9B743}.201 is pruned out due to potential supersedence\r\n',
  '2026/10/03 10:01:13.0962254 1164  6428  ProtocolTalker  ServiceId = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}, Server URL = none\r\n',
  '2016-05-18\t06:31:04:527\t 676\t3968\tAgent\t  * Added update {9C41B9E0-7A35-4D08-B6F2-E1835C7A90D4}.103 to search result\r\n',
  '2026-10-05 03:40:55 10.20.30.40 POST /ClientWebService/client.asmx - 8530 - 10.20.31.57 Windows-Update-Agent/10.0.10011.16384+Client-Protocol/2.70 - 200 0 0 562\r\n',
  '<![LOG[Its a WSUS Update Source type ({5E2D8C17-3B94-4F60-A7D1-09C8E5B64F32}), adding it.]LOG]!><time="10:15:47.293-120" date="10-07-2026" component="WUAHandler" context="" type="1" thread="5716" file="sourcemanager.cpp:1240">\r\n',
].join('');
