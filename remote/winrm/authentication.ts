import type { HttpAnswer } from './http-post.ts';

/** What the socket below gives a sign-in to know. */
export interface Channel {
  /** TLS: who listens cannot read, and the server has proved its name. */
  readonly isEncrypted: boolean;
  /** What ties the sign-in to this TLS channel (tls/channel-bindings.ts), 16 bytes. */
  readonly bindings: Buffer | undefined;
}

export const clearChannel: Channel = { isEncrypted: false, bindings: undefined };

/** Posts an empty body with this Authorization header on the pinned socket. @throws HttpFailure */
export type PostToken = (authorization: string) => Promise<HttpAnswer>;

/** How messages travel on a socket that is signed in. Bound to that socket, and thrown away with it after any error. */
export interface MessageProtection {
  /** Every message carries the sign-in itself, so that a 401 refuses that, and the message with it. */
  readonly signsEveryMessage?: 'Basic' | 'certificate' | undefined;
  /** Headers and body that carry a SOAP message. */
  protect(plain: Buffer): { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };
  /** Whether an answer claims to be protected in the same way; one that does not is never read as WS-Man. */
  covers(answer: HttpAnswer): boolean;
  /** The SOAP message in it. @throws ProtocolError */
  open(answer: HttpAnswer): Buffer;
}

/** One way to sign in on one socket. */
export interface Authentication {
  /**
   * With requests that carry no message.
   * @param deadline milliseconds since 1970, for what is waited for elsewhere than at the server; each post has its own end
   * @throws RemoteError, always with outcome not-sent
   */
  signIn(post: PostToken, doing: string, deadline: number): Promise<MessageProtection>;
}
