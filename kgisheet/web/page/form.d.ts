// What kgisheet.web.form makes.
type Both = { ja: string; en: string };
type Told = { n: string; d: string } | string | null;
export const form: {
  fields: Record<string, {
    cell: string; unit: string; step: string; label: Both; hint: Both;
    usual: null | { low: string; high: string; source: Both }; choices: Record<string, Both>;
  }>;
  labels: Record<string, Record<string, Both>>;
  examples: Record<string, Record<string, { channel: Record<string, string>[] } & Record<string, any>>>;
  most: number;
  figures: Record<string, { inputs: Record<string, Record<string, Told | Told[]>>; rows: Record<string, number>[] }>;
};
