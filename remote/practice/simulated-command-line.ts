import type { StartCommandLine } from './command-line.ts';
import { encodedCommand } from './encoded-command.ts';
import { runFunction } from './host/run-function.ts';
import type { SimulatedHost } from './host/simulated-host.ts';

/**
 * The command lines of a simulated machine, for clients that know the command shell and no other: `powershell -encodedcommand …` whose script is
 * a function of the module that needs no parameter. It runs as in the endpoint, and its JSON is the output. Anything else ends with exit code 1.
 */
export function simulatedCommandLine(host: SimulatedHost): StartCommandLine {
  return (line, listener) => {
    const script = Buffer.from(encodedCommand(line) ?? '', 'base64').toString('utf16le');
    let killed = false;
    const end = (exitCode: number, say: () => void) => {
      if (killed) return;
      say();
      listener.ended(exitCode);
    };
    runFunction(host, { name: script, parameters: new Map() }, () => {}).then(
      (result) => end(0, () => listener.stdout(Buffer.from(JSON.stringify(result)))),
      (error: unknown) => end(1, () => listener.stderr(Buffer.from(`${error}\r\n`))),
    );
    return {
      kill: () => {
        killed = true;
      },
    };
  };
}
