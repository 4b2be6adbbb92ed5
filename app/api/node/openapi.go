package node

import (
	"encoding"
	"fmt"
	"path"
	"reflect"
	"strings"
	"time"

	"cairn/app"
	"cairn/core/doc"
)

// openAPIFile is where the document is, below Prefix.
const openAPIFile = "openapi.json"

// OpenAPI returns the OpenAPI 3.1 document of a node: the use cases, from their
// types, and what else it answers. It panics when two types share a name.
func OpenAPI(endpoints []app.Endpoint, version string) map[string]any {
	schemas := schemas{types: map[string]reflect.Type{}, made: map[string]any{}}
	problem := schemas.of(reflect.TypeFor[problemBody]())
	paths := plainPaths()
	for _, e := range endpoints {
		request, response := e.Types()
		asked := schemas.of(request)
		schemas.closed(request)
		paths[Prefix+e.Path()] = map[string]any{"post": map[string]any{
			"operationId": strings.ReplaceAll(e.Path(), "/", "_"),
			"summary":     e.Describe(),
			"requestBody": map[string]any{"content": jsonContent(asked)},
			"responses": map[string]any{
				"200":     map[string]any{"description": "Done.", "content": jsonContent(schemas.of(response))},
				"default": map[string]any{"description": "Not done; the error says why and what to do.", "content": jsonContent(problem)},
			},
		}}
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{
			"title": "Cairn", "version": version,
			"description": "What programs on this machine can ask of a running node. The address and the token stand in node.json in the workspace folder.",
			"license":     map[string]any{"name": "Apache License 2.0", "identifier": "Apache-2.0"},
		},
		"paths": paths,
		"components": map[string]any{
			"schemas":         schemas.made,
			"securitySchemes": map[string]any{"token": map[string]any{"type": "http", "scheme": "bearer"}},
		},
		"security": []any{map[string]any{"token": []any{}}},
	}
}

// plainPaths are the paths that need no token.
func plainPaths() map[string]any {
	get := func(operation, summary, mediaType string) map[string]any {
		return map[string]any{"get": map[string]any{
			"operationId": operation, "summary": summary, "security": []any{},
			"responses": map[string]any{"200": map[string]any{
				"description": "Done.",
				"content":     map[string]any{mediaType: map[string]any{"schema": map[string]any{}}},
			}},
		}}
	}
	return map[string]any{
		"/health":            get("health", "Tells that the node lives.", "application/json"),
		"/version":           get("version", "Tells the version of Cairn.", "text/plain"),
		"/metrics":           get("metrics", "Tells Prometheus how much the workspace holds.", "text/plain"),
		Prefix + openAPIFile: get("openapi", "Returns this document.", "application/json"),
	}
}

func jsonContent(schema map[string]any) map[string]any {
	return map[string]any{"application/json": map[string]any{"schema": schema}}
}

// schemas are the named schemas collected so far.
type schemas struct {
	types map[string]reflect.Type // name → whose schema it is
	made  map[string]any          // name → schema
}

// closed says of a struct that other properties are refused.
func (s schemas) closed(t reflect.Type) {
	if schema, ok := s.made[schemaName(t)].(map[string]any); ok {
		schema["additionalProperties"] = false
	}
}

// of returns the schema of t, a reference for a named struct.
func (s schemas) of(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[doc.Value]():
		return map[string]any{} // any JSON value
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return map[string]any{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice, reflect.Array:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.orNull(t.Elem())}
	case reflect.Struct:
		return s.ofStruct(t)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return map[string]any{"type": "integer", "minimum": 0}
	default:
		return map[string]any{"type": "integer"}
	}
}

// schemaName returns the name of t's schema: that of the type, with its package
// before it unless that is app, whose types are most.
func schemaName(t reflect.Type) string {
	upper := func(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
	if pkg := path.Base(t.PkgPath()); pkg != "app" {
		return upper(pkg) + upper(t.Name())
	}
	return t.Name()
}

func (s schemas) ofStruct(t reflect.Type) map[string]any {
	called := schemaName(t)
	ref := map[string]any{"$ref": "#/components/schemas/" + called}
	if known, ok := s.types[called]; ok {
		if known != t {
			panic(fmt.Sprintf("node: %s and %s would share a schema", known, t))
		}
		return ref // also within a struct that holds its own kind
	}
	s.types[called] = t
	properties := map[string]any{}
	required := s.fields(t, properties)
	schema := map[string]any{"type": "object", "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	s.made[called] = schema
	return ref
}

// fields adds the properties of a struct, those of embedded ones in place, and
// returns the names of those that are always there.
func (s schemas) fields(t reflect.Type, properties map[string]any) []string {
	required := []string{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			required = append(required, s.fields(f.Type, properties)...)
			continue
		case name == "" || name == "-":
			continue
		}
		if strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero") {
			properties[name] = s.of(f.Type)
			continue
		}
		required = append(required, name)
		properties[name] = s.orNull(f.Type)
	}
	return required
}

// orNull returns the schema of a value that is always there: null when it is a
// pointer to nothing.
func (s schemas) orNull(t reflect.Type) map[string]any {
	schema := s.of(t)
	if kind, ok := schema["type"].(string); ok && t.Kind() == reflect.Pointer {
		schema["type"] = []any{kind, "null"}
	}
	return schema
}
