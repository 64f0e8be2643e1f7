/** KerberosTime (RFC 4120, 5.2.3), "YYYYMMDDHHMMSSZ", of milliseconds since 1970; the fraction is left off. */
export const encodeKerberosTime = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`;

/** Milliseconds since 1970 of "YYYYMMDDHHMMSSZ". */
export function decodeKerberosTime(time: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (parts === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
