import type { HttpAnswer } from './http-post.ts';

/** Posts an empty body with this Authorization header on the pinned socket. @throws HttpFailure */
export type PostToken = (authorization: string) => Promise<HttpAnswer>;

/** How messages travel on a socket that is signed in. Bound to that socket, and thrown away with it after any error. */
export interface MessageProtection {
  /** Headers and body that carry a SOAP message. */
  protect(plain: Buffer): { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };
  /** Whether an answer claims to be protected in the same way; one that does not is never read as WS-Man. */
  covers(answer: HttpAnswer): boolean;
  /** The SOAP message in it. @throws ProtocolError */
  open(answer: HttpAnswer): Buffer;
}

/** One way to sign in on one socket. */
export interface Authentication {
  /** With requests that carry no message. @throws RemoteError, always with outcome not-sent */
  signIn(post: PostToken, doing: string): Promise<MessageProtection>;
}
