import { create } from 'zustand';
import type { LayerName } from '../../../model/component.ts';
import type { Language } from '../../words/index.ts';

/** What is chosen in the gallery: a report by its id, or a layer to export. */
export type Choice = { kind: 'report'; id: string } | { kind: 'layer'; layer: LayerName };

interface ReportDesk {
  /** Null until something was chosen: then the first report is shown. */
  choice: Choice | null;
  /** Street code; null for the whole district. */
  street: string | null;
  /** ISO day; null for today. */
  asOf: string | null;
  /** Of the workbook; null follows the screen. */
  language: Language | null;
  sheet: string | null;
  set: (part: Partial<Omit<ReportDesk, 'set'>>) => void;
}

/** Choices of the screen, kept while others are visited: a figure's records are a door away and back. */
export const useReportDesk = create<ReportDesk>()((set) => ({
  choice: null,
  street: null,
  asOf: null,
  language: null,
  sheet: null,
  set: (part) => set(part),
}));
