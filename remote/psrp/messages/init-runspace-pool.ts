import { type ClixmlValue, enumObject, extendedObject } from '../clixml-value.ts';
import { apartmentStateData, hostInfoData } from './host-info.ts';

/** INIT_RUNSPACEPOOL for one runspace, MS-PSRP 2.2.2.3. */
export function initRunspacePoolData(): ClixmlValue {
  return extendedObject({
    MinRunspaces: 1,
    MaxRunspaces: 1,
    PSThreadOptions: enumObject('System.Management.Automation.Runspaces.PSThreadOptions', 'Default', 0),
    ApartmentState: apartmentStateData(),
    HostInfo: hostInfoData(),
    ApplicationArguments: null,
  });
}
