import { type ApplyRequest, limitKeys, type RestartRequest, type RestoreRequest } from './contract.ts';

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
  restore: {
    changeId: 'ChangeId',
    backup: 'Backup',
    sha256Before: 'Sha256Before',
    sha256After: 'Sha256After',
  },
} as const;

type Parameters = Readonly<Record<string, string | number>>;

export function applyParameters({ changeId, sha256Before, sha256After, edits }: ApplyRequest): Parameters {
  const names = functionParameters.apply;
  const values = limitKeys.flatMap((key) =>
    edits[key] === undefined ? [] : [[names[key], edits[key]] as const],
  );
  return {
    [names.changeId]: changeId,
    [names.sha256Before]: sha256Before,
    [names.sha256After]: sha256After,
    ...Object.fromEntries(values),
  };
}

export function restartParameters({ changeId, activation }: RestartRequest): Parameters {
  const names = functionParameters.restart;
  return { [names.changeId]: changeId, [names.activation]: activation };
}

export function restoreParameters({
  changeId,
  backup,
  sha256Before,
  sha256After,
}: RestoreRequest): Parameters {
  const names = functionParameters.restore;
  return {
    [names.changeId]: changeId,
    [names.backup]: backup,
    [names.sha256Before]: sha256Before,
    [names.sha256After]: sha256After,
  };
}
