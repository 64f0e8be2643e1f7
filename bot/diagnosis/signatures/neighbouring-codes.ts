export type NeighbourCode = '80244010';
