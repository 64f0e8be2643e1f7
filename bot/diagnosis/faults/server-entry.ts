/** A fault as SoftwareDistribution.log writes it, whole, in one line that nobody changed: most faults of a large log. Outside text. */
export interface ServerEntry {
  readonly date: string;
  readonly time: string;
  readonly thread: string;
  readonly actor: string;
  readonly id: string;
  readonly errorCode: string;
  readonly message: string;
  readonly client: string;
}

const whole =
  /^(\d{4}-\d\d-\d\d) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}) UTC[\t ](?:Error|Warning)[\t ](w3wp\.\d{1,9})[\t ][\w.]{1,80}[\t ]ThrowException: actor = (https?:\/\/[\w.:/-]{1,253}), ID=([0-9a-f]{8}-[0-9a-f-]{27}), ErrorCode=([A-Za-z]{1,40}), Message=([\w.]{0,120}), Client=([\w-]{1,80})$/;

/** @returns undefined for any other line: what else it may be is read in the long way, which comes to the same for these. */
export function readServerEntry(line: string): ServerEntry | undefined {
  const found = line.includes('ThrowException: actor') ? whole.exec(line) : null;
  if (found === null) return undefined;
  const [
    ,
    date = '',
    time = '',
    thread = '',
    actor = '',
    id = '',
    errorCode = '',
    message = '',
    client = '',
  ] = found;
  return { date, time, thread, actor, id, errorCode, message, client };
}
