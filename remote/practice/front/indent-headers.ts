const lastHeader = 'Content-Type: application/octet-stream\r\n';

/**
 * A sealed body whose header lines begin with a TAB, as MS-WSMV 2.2.9.1 prints them and Windows sends them; Debian's python3-winrm reads
 * no other. The sealed bytes are not looked at.
 */
export function indentHeaders(body: Buffer): Buffer {
  const end = body.indexOf(lastHeader, 0, 'latin1') + lastHeader.length;
  const head = body.toString('latin1', 0, end).replace(/^(?=Content-Type|OriginalContent)/gm, '\t');
  return Buffer.concat([Buffer.from(head, 'latin1'), body.subarray(end)]);
}
