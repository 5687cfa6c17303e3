// mutool run links.js FILE.pdf: one line for each link (its page, its address) and outline entry.
// Addresses inside the document are #page=N with MuPDF.
var doc = new Document(scriptArgs[0])
for (var i = 0; i < doc.countPages(); ++i) {
    var links = doc.loadPage(i).getLinks()
    for (var k = 0; k < links.length; ++k) {
        var uri = links[k].uri !== undefined ? links[k].uri : links[k].getURI()
        print("link\t" + (i + 1) + "\t" + uri)
    }
}
function outline(list, level) {
    for (var i = 0; list && i < list.length; ++i) {
        var page = /#page=([0-9]+)/.exec(list[i].uri || "")
        print("outline\t" + level + "\t" + (page ? page[1] : "?") + "\t" + list[i].title)
        outline(list[i].down, level + 1)
    }
}
outline(doc.loadOutline(), 1)
