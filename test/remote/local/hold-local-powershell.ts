// Opens a pool in the PowerShell that its argument describes, says so, and does nothing more until it is killed.
import type { PowershellCommand } from '../../../remote/local/powershell-process.ts';
import { StdioTransport } from '../../../remote/local/stdio-transport.ts';
import { guidFromRandom } from '../../../remote/psrp/guid.ts';
import { RunspacePool } from '../../../remote/psrp/runspace-pool.ts';

const command = JSON.parse(process.argv[2] ?? '') as PowershellCommand;
const transport = new StdioTransport({ command, now: () => 0, operationTimeout: 600_000 });
let number = 0;
const pool = new RunspacePool(transport, () => guidFromRandom(Buffer.alloc(16, ++number)));
await pool.open({ doing: 'holding a PowerShell', deadline: 570_000 });
console.log('open');
