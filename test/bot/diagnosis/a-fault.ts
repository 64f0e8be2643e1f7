import type { Fault, FaultLine, LogTime, SourceLog } from '../../../bot/diagnosis/faults/fault.ts';

export const local = (iso: string): LogTime => ({ iso: `2026-11-24T${iso}.000`, zone: 'local' });
export const utc = (iso: string): LogTime => ({ iso: `2026-11-24T${iso}.000Z`, zone: 'utc' });

export const aLine = (
  line: number,
  text = `line ${line}`,
  source: SourceLog = 'WindowsUpdate.log',
): FaultLine => ({
  line,
  text,
  source,
});

/** A bare 80244007 of a client's log, with whatever differs. */
export function aFault(fields: Partial<Fault> = {}): Fault {
  const line = fields.line ?? fields.lines?.[0]?.line ?? 1;
  const source = fields.source ?? 'WindowsUpdate.log';
  return {
    hresults: ['80244007'],
    errorCode: null,
    message: null,
    method: null,
    actor: null,
    service: null,
    serverUrl: 'http://wsus01.corp.example:8530',
    host: 'wsus01.corp.example',
    client: null,
    id: null,
    time: local('10:00:00'),
    source,
    line,
    lines: [aLine(line, 'error 0x80244007', source)],
    isExample: false,
    ...fields,
  };
}
