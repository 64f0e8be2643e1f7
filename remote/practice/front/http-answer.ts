/** What goes back over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers, body: Buffer.alloc(0) };
}

/** 401, with the only scheme that is offered, and the server's token when the handshake goes on. */
export function unauthorized(token?: Buffer): HttpAnswer {
  const suffix = token === undefined ? '' : ` ${token.toString('base64')}`;
  return emptyAnswer(401, { 'WWW-Authenticate': `Negotiate${suffix}` });
}
