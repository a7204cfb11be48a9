import type { Output } from '../../../api/contract.ts';

export type Overview = Output<'overview.get'>;
