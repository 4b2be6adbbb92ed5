package node

import (
	"encoding"
	"reflect"
	"strings"
	"time"

	"cairn/app"
	"cairn/core/doc"
)

// OpenAPI returns the OpenAPI 3.1 document of the use cases, made from their
// types.
func OpenAPI(endpoints []app.Endpoint, version string) map[string]any {
	schemas := schemas{}
	problem := schemas.of(reflect.TypeFor[problemBody]())
	paths := map[string]any{}
	for _, e := range endpoints {
		request, response := e.Types()
		paths[Prefix+e.Path()] = map[string]any{"post": map[string]any{
			"operationId": strings.ReplaceAll(e.Path(), "/", "_"),
			"summary":     e.Describe(),
			"requestBody": map[string]any{"content": jsonContent(schemas.of(request))},
			"responses": map[string]any{
				"200":     map[string]any{"description": "Done.", "content": jsonContent(schemas.of(response))},
				"default": map[string]any{"description": "Not done; the error says why and what to do.", "content": jsonContent(problem)},
			},
		}}
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info":    map[string]any{"title": "Cairn", "version": version},
		"paths":   paths,
		"components": map[string]any{
			"schemas":         map[string]any(schemas),
			"securitySchemes": map[string]any{"token": map[string]any{"type": "http", "scheme": "bearer"}},
		},
		"security": []any{map[string]any{"token": []any{}}},
	}
}

func jsonContent(schema map[string]any) map[string]any {
	return map[string]any{"application/json": map[string]any{"schema": schema}}
}

// schemas is the named schemas collected so far: type name → schema.
type schemas map[string]any

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
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		return s.ofStruct(t)
	default:
		return map[string]any{"type": "integer"}
	}
}

func (s schemas) ofStruct(t reflect.Type) map[string]any {
	ref := map[string]any{"$ref": "#/components/schemas/" + t.Name()}
	if _, ok := s[t.Name()]; ok {
		return ref
	}
	s[t.Name()] = nil // a struct that holds its own kind refers to it
	properties := map[string]any{}
	required := []string{}
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		properties[name] = s.of(t.Field(i).Type)
		if !strings.Contains(options, "omitempty") {
			required = append(required, name)
		}
	}
	schema := map[string]any{"type": "object", "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	s[t.Name()] = schema
	return ref
}
