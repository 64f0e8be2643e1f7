/** A method of ClientWebService or SimpleAuthWebService that stopped with an exception, as the server's log tells it in place of a fault. Outside text. */
export interface ServerException {
  /** "System.ArgumentException". */
  readonly exception: string;
  /** "ClientImplementation.SyncUpdates". */
  readonly method: string;
}

const stopped =
  /\bError[ \t]{0,8}w3wp\.\d{1,9}[ \t]{0,8}((?:Client|SimpleAuth)Implementation\.[A-Za-z]{1,60})[ \t]{1,8}.{0,200}?\b((?:System|Microsoft)\.[\w.]{1,200}Exception)\b/;
/** A SoapException is the fault itself; an aborted thread is a recycled pool. */
const expected = /\.(?:SoapException|ThreadAbortException)$/;

/** Reads an entry of SoftwareDistribution.log. */
export function serverExceptionIn(line: string): ServerException | undefined {
  if (!line.includes('Implementation.')) return undefined;
  const [, method, exception] = stopped.exec(line) ?? [];
  if (method === undefined || exception === undefined || expected.test(exception)) return undefined;
  return { method, exception };
}
