import {
  type ActingRequest,
  type ApplyRequest,
  limitKeys,
  type ReportRequest,
  type RestartRequest,
  type RestoreRequest,
} from './contract.ts';

const acting = { changeId: 'ChangeId', notAfter: 'NotAfter' } as const;
const hashes = { sha256Before: 'Sha256Before', sha256After: 'Sha256After' } as const;

/** Parameter names of the functions of the endpoint `WsusBot` (`functionNames` of contract.ts). */
export const functionParameters = {
  report: { brief: 'Brief' },
  apply: {
    ...acting,
    ...hashes,
    maxInstalledPrerequisites: 'MaxInstalledPrerequisites',
    maxCachedUpdates: 'MaxCachedUpdates',
  },
  restart: { ...acting, activation: 'Activation' },
  restore: { ...acting, ...hashes, backup: 'Backup' },
} as const;

type Parameters = Readonly<Record<string, string | number | boolean>>;

const actingParameters = ({ changeId, notAfter }: ActingRequest): Parameters => ({
  [acting.changeId]: changeId,
  [acting.notAfter]: notAfter,
});

const hashParameters = (request: { readonly sha256Before: string; readonly sha256After: string }) => ({
  [hashes.sha256Before]: request.sha256Before,
  [hashes.sha256After]: request.sha256After,
});

export function reportParameters(request: ReportRequest): Parameters {
  return request.brief ? { [functionParameters.report.brief]: true } : {};
}

export function applyParameters(request: ApplyRequest): Parameters {
  const values = limitKeys.flatMap((key) => {
    const value = request.edits[key];
    return value === undefined ? [] : [[functionParameters.apply[key], value] as const];
  });
  return { ...actingParameters(request), ...hashParameters(request), ...Object.fromEntries(values) };
}

export function restartParameters(request: RestartRequest): Parameters {
  return { ...actingParameters(request), [functionParameters.restart.activation]: request.activation };
}

export function restoreParameters(request: RestoreRequest): Parameters {
  return {
    ...actingParameters(request),
    ...hashParameters(request),
    [functionParameters.restore.backup]: request.backup,
  };
}
