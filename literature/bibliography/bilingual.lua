-- The list of references once for each language named in `languages`, in a div of that name.
function Pandoc(doc)
  local blocks = {}
  for language in pandoc.utils.stringify(doc.meta.languages):gmatch("%S+") do
    local copy = doc:clone()
    copy.meta.lang = pandoc.MetaString(language)
    local made = pandoc.utils.citeproc(copy)
    table.insert(blocks, pandoc.Div(made.blocks, pandoc.Attr("terms-" .. language)))
  end
  return pandoc.Pandoc(blocks)
end
