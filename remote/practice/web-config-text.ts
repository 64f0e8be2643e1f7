import { limitKeys } from '../contract.ts';
import type { Limits } from './practice-servers.ts';

/**
 * A Web.config of ClientWebService: UTF-8 without BOM, CRLF, double quotes, and no blank before `/>`, as KB 4096317
 * prints the line. The rest is written after what is known of the file (appSettings, httpRuntime, WCF settings); no public
 * copy of the whole exists.
 */
export function webConfigText(limits: Limits): string {
  const limitLines = limitKeys.flatMap((key) => {
    const value = limits[key];
    return value === undefined ? [] : [`    <add key="${key}" value="${value}"/>`];
  });
  return [...head, ...limitLines, ...tail, ''].join('\r\n');
}

const head = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<configuration>',
  '  <configSections>',
  '  </configSections>',
  '  <!-- Settings of the web service that update clients talk to. -->',
  '  <appSettings>',
  '    <!-- Which assembly answers, and how it writes its log. -->',
  '    <add key="implementation" value="Microsoft.UpdateServices.Internal.ClientImplementation"/>',
  '    <add key="traceLevel" value="2"/>',
  '    <add key="clientProtocolVersion" value="3.2"/>',
  '    <!-- Time a cookie is good for, in minutes. -->',
  '    <add key="cookieExpirationTime" value="60"/>',
  '    <!-- Upper bounds for what one request may carry. -->',
  '    <add key="maxExtendedUpdatesPerRequest" value="50"/>',
  '    <add key="maxUpdatesPerPage" value="30"/>',
];

const tail = [
  '    <add key="maxDriverIDs" value="4000"/>',
  '    <add key="refreshCacheBatchSize" value="400"/>',
  '  </appSettings>',
  '  <system.web>',
  '    <httpRuntime maxRequestLength="4096"/>',
  '    <compilation defaultLanguage="c#" debug="false"/>',
  '    <customErrors mode="RemoteOnly"/>',
  '    <authentication mode="None"/>',
  '    <authorization>',
  '      <allow users="*"/>',
  '    </authorization>',
  '    <sessionState mode="Off"/>',
  '    <globalization requestEncoding="utf-8" responseEncoding="utf-8"/>',
  '  </system.web>',
  '  <system.serviceModel>',
  '    <serviceHostingEnvironment aspNetCompatibilityEnabled="true"/>',
  '    <bindings>',
  '      <basicHttpBinding>',
  '        <binding name="ClientWebServiceBinding" maxReceivedMessageSize="4194304">',
  '          <security mode="None"/>',
  '        </binding>',
  '      </basicHttpBinding>',
  '    </bindings>',
  '  </system.serviceModel>',
  '</configuration>',
];
