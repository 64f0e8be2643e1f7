/** A host or endpoint name as one PowerShell argument: bare when it is plain, else in single quotes with every quote doubled (PowerShell takes the curly ones as quotes too). */
export function powerShellArgument(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(text)) return text;
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
  return `'${line.replace(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
}
