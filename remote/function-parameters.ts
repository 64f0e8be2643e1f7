/** Parameter names of the functions of the endpoint `WsusBot` (`functionNames` of contract.ts); `report` takes none. */
export const functionParameters = {
  apply: {
    changeId: 'ChangeId',
    sha256Before: 'Sha256Before',
    sha256After: 'Sha256After',
    maxInstalledPrerequisites: 'MaxInstalledPrerequisites',
    maxCachedUpdates: 'MaxCachedUpdates',
  },
  restart: { changeId: 'ChangeId', activation: 'Activation' },
  restore: { changeId: 'ChangeId', backup: 'Backup', sha256Before: 'Sha256Before', sha256After: 'Sha256After' },
} as const;
