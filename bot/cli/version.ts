import packageJson from '../../package.json' with { type: 'json' };

/** Version of the program as package.json has it: "0.1.0". */
export const programVersion = (): string => packageJson.version;
