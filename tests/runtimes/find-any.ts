import ts from "typescript";

/** Where the exports of a declaration file lead to `any`, by the names on the way. */
export function findAny(program: ts.Program, fileEnd: string): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(fileEnd));
  const module = file && checker.getSymbolAtLocation(file);
  if (file === undefined || module === undefined) throw new Error(`there is no ${fileEnd}`);
  const found: string[] = [];
  const seen = new Set<ts.Type>();

  const visit = (type: ts.Type, path: string): void => {
    if ((type.flags & ts.TypeFlags.Any) !== 0) found.push(path);
    if (seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, path);
    for (const argument of type.aliasTypeArguments ?? []) visit(argument, `${path}<>`);
    if (isReference(type)) {
      const given = checker.getTypeArguments(type);
      // The language's own iterators are `any` in their later parameters, which nobody writes down.
      const counted = isOurs(type.target.symbol?.declarations?.[0]) ? given : given.slice(0, 1);
      for (const argument of counted) visit(argument, `${path}<>`);
    }
    for (const [mark, kind] of [
      ["()", ts.SignatureKind.Call],
      ["new ()", ts.SignatureKind.Construct],
    ] as const) {
      for (const signature of checker.getSignaturesOfType(type, kind)) {
        if (!isOurs(signature.declaration)) continue;
        for (const parameter of signature.parameters) follow(parameter, `${path}${mark}`);
        visit(signature.getReturnType(), `${path}${mark}`);
      }
    }
    for (const index of checker.getIndexInfosOfType(type)) visit(index.type, `${path}[]`);
    for (const property of type.getProperties()) {
      const isPublic = !property.name.startsWith("__#") && !property.name.includes("#private");
      if (isPublic && property.declarations?.some(isOurs) === true) follow(property, path);
    }
  };

  const follow = (symbol: ts.Symbol, path: string): void => {
    visit(checker.getTypeOfSymbolAtLocation(symbol, file), `${path}.${symbol.name}`);
  };

  for (const exported of checker.getExportsOfModule(module)) {
    const symbol =
      (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
    if ((symbol.flags & ts.SymbolFlags.Value) !== 0) follow(symbol, "");
    if ((symbol.flags & ts.SymbolFlags.Type) !== 0) {
      visit(checker.getDeclaredTypeOfSymbol(symbol), symbol.name);
    }
  }
  return found;
}

const isOurs = (node: ts.Node | undefined): boolean =>
  node?.getSourceFile().fileName.includes("@gradio-kit/") === true;

const isReference = (type: ts.Type): type is ts.TypeReference =>
  ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
