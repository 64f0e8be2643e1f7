const form = /^powershell(?:\.exe)? -encodedcommand ([A-Za-z0-9+/]+={0,2})$/i;

/** The base64 text of the one command line that clients of the command shell send to run a script, `powershell -encodedcommand …`. */
export function encodedCommand(line: string): string | undefined {
  return form.exec(line.trim())?.[1];
}
