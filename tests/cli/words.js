// words.js FILE.pdf: the text of a PDF as pdf.js reads it, which is what Firefox searches and copies. pdf.js is npm's
// pdfjs-dist where node finds one, else Debian's libjs-pdf; exit code 77 when there is neither.
"use strict";
const fs = require("fs");

function load() {
    for (const name of ["pdfjs-dist/legacy/build/pdf.js", "/usr/share/javascript/pdf/build/pdf.js"]) {
        try {
            return require(name);
        } catch (e) {
            if (e.code !== "MODULE_NOT_FOUND") throw e;
        }
    }
    process.exit(77);
}

console.log = console.error; // its warnings are not the text
const pdfjs = load();

(async () => {
    const data = new Uint8Array(fs.readFileSync(process.argv[2]));
    const pdf = await pdfjs.getDocument({ data, verbosity: 0, disableFontFace: true }).promise;
    for (let i = 1; i <= pdf.numPages; i++) {
        const { items } = await (await pdf.getPage(i)).getTextContent();
        process.stdout.write(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\f");
    }
})();
