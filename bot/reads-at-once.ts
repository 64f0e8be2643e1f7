/**
 * Servers that are read at the same moment, by transport. Hundreds then take turns, and open no more sockets than any machine has; a local
 * PowerShell is a process of some 100 MB.
 */
export const readsAtOnce = { winrm: 50, 'local-powershell': 10 } as const;
