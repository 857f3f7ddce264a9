// What kgisheet.web.figures makes.
export const template: import("./sheet.js").Template;
