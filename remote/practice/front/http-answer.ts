/** What goes back over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds: the body goes out a byte at a time, with this rest between. */
  readonly restBetweenBytes?: number;
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers, body: Buffer.alloc(0) };
}

/** 401 with the schemes that are offered, and the server's token when a handshake goes on. */
export function unauthorizedOffering(basic: boolean): (token?: Buffer) => HttpAnswer {
  const more = basic ? ', Basic realm="WSMAN"' : '';
  return (token) =>
    emptyAnswer(401, {
      'WWW-Authenticate': token === undefined ? `Negotiate${more}` : `Negotiate ${token.toString('base64')}`,
    });
}
