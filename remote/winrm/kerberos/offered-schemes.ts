/** What a WWW-Authenticate header has for this scheme: its token, an empty one, or undefined where it is not offered. */
export function offeredToken(authenticate: string, scheme: string): Buffer | undefined {
  const found = new RegExp(`(?:^|[\\s,])${scheme}(?:\\s+([A-Za-z0-9+/]+={0,2}))?(?=$|[\\s,])`, 'i').exec(
    authenticate,
  );
  return found === null ? undefined : Buffer.from(found[1] ?? '', 'base64');
}
