import { decide } from '../../decision-table.ts';
import { RemoteError } from '../../remote-error.ts';

/** Why a TLS handshake ended without a secured socket. Names in the certificate are the server's words. */
export function tlsError(error: NodeJS.ErrnoException, doing: string): RemoteError {
  const named = error.code ?? 'no code';
  const { code, detail = named } = decide('tls', { error: named });
  const serverText = code === 'remote.certificate-name' ? namesIn(error) : undefined;
  return new RemoteError(code, {
    doing,
    detail,
    outcome: 'not-sent',
    ...(serverText !== undefined && { serverText }),
    cause: error,
  });
}

function namesIn(error: Error): string | undefined {
  const certificate: unknown = 'cert' in error ? error.cert : undefined;
  if (typeof certificate !== 'object' || certificate === null || !('subjectaltname' in certificate))
    return undefined;
  return typeof certificate.subjectaltname === 'string' ? certificate.subjectaltname : undefined;
}
