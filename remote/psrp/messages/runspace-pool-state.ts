import { type ClixmlValue, displayText, extendedObject, numberOf, propertyOf } from '../clixml-value.ts';

/** RunspacePoolState, MS-PSRP 2.2.3.4. */
export const runspacePoolStates = {
  beforeOpen: 0,
  opening: 1,
  opened: 2,
  closed: 3,
  closing: 4,
  broken: 5,
} as const;

/** RUNSPACEPOOL_STATE, MS-PSRP 2.2.2.9. */
export function runspacePoolStateData(state: number): ClixmlValue {
  return extendedObject({ RunspaceState: state });
}

export function readRunspacePoolState(data: ClixmlValue): {
  readonly state: number | undefined;
  readonly error: string;
} {
  return {
    state: numberOf(propertyOf(data, 'RunspaceState')),
    error: displayText(propertyOf(data, 'ExceptionAsErrorRecord')),
  };
}
