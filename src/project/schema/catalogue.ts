import type { Database } from 'better-sqlite3';

/** A class of a classification scheme, as shipped in `resources/catalogue`. */
export interface CatalogueClass {
  scheme: string;
  code: string;
  majorCode: string | null;
  majorName: string | null;
  name: string;
  nameEn?: string | null;
  geometry?: string | null;
  accuracy?: string | null;
  /** Things of nobody (无主 / 不明); told by the name where absent. */
  ownerless?: boolean;
}

/** Puts the classes in force into an empty `component_class`; the caller holds the transaction. */
export function fillCatalogue(db: Database, classes: readonly CatalogueClass[]): void {
  const insert = db.prepare(
    `INSERT INTO component_class (scheme, code, major_code, major_name, name, name_en, geometry, accuracy, ownerless) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const each of classes) {
    const ownerless = each.ownerless ?? /^(无主|不明)/u.test(each.name);
    insert.run(
      each.scheme,
      each.code,
      each.majorCode,
      each.majorName,
      each.name,
      each.nameEn ?? null,
      each.geometry ?? null,
      each.accuracy ?? null,
      ownerless ? 1 : 0,
    );
  }
}
