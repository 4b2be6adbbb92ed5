package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"cairn/core/fault"
)

// Call is a use case: what can be asked of a running node, from a screen, from
// the command line or over its HTTP face, which all go through it.
type Call[Req, Resp any] struct {
	Name    string // the path under /api/cairn/v1/: "doc/set"
	Summary string // one sentence for the OpenAPI document
	run     func(*App, context.Context, Req) (Resp, error)
}

// Do carries the use case out on a.
func (c Call[Req, Resp]) Do(ctx context.Context, a *App, req Req) (Resp, error) {
	return c.run(a, ctx, req)
}

// Endpoint is a Call whose types are known only at run time.
type Endpoint interface {
	Path() string
	Describe() string
	Types() (request, response reflect.Type)
	// Serve reads the request as JSON, carries it out and returns the response.
	Serve(ctx context.Context, a *App, body io.Reader) (any, error)
}

// Path returns the name.
func (c Call[Req, Resp]) Path() string { return c.Name }

// Describe returns the summary.
func (c Call[Req, Resp]) Describe() string { return c.Summary }

// Types returns the types of request and response.
func (c Call[Req, Resp]) Types() (request, response reflect.Type) {
	return reflect.TypeFor[Req](), reflect.TypeFor[Resp]()
}

// Serve implements Endpoint. A field that the request does not have is an
// error, so that a misspelt one is not silently without effect. An empty body
// is a request without fields.
func (c Call[Req, Resp]) Serve(ctx context.Context, a *App, body io.Reader) (any, error) {
	var req Req
	dec := json.NewDecoder(body)
	dec.DisallowUnknownFields()
	err := dec.Decode(&req)
	switch {
	case errors.Is(err, io.EOF):
		err = nil
	case err == nil:
		if _, after := dec.Token(); !errors.Is(after, io.EOF) {
			err = errTrailing
		}
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "The request for %s can't be read: %s.", "See /api/cairn/v1/openapi.json for its fields.").With(c.Name, unreadable(err))
	}
	return c.run(a, ctx, req)
}

var errTrailing = errors.New("something follows the JSON document")

// unreadable says what is wrong with a request without the words of Go.
func unreadable(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return fmt.Sprintf("it is not an object but a JSON %s", wrong.Value)
		}
		return fmt.Sprintf("the field %s can't be a JSON %s", clip(wrong.Field), clip(wrong.Value))
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("it is no JSON from byte %d on", syntax.Offset)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	text := strings.TrimPrefix(err.Error(), "json: ")
	if name, ok := strings.CutPrefix(text, "unknown field "); ok {
		return "it has no field " + clip(name)
	}
	return clip(text)
}

// Endpoints returns every use case, in the order of the OpenAPI document.
func Endpoints() []Endpoint {
	return []Endpoint{
		GetStatus, ListMembers, VerifyData, MakeBackup,
		CreateProject, ListProjects, ShowProject,
		ListKinds, ListDocs, ShowDoc, CreateDoc, ChangeDoc, SetField, MoveToTrash, TakeFromTrash,
		ListHistory, ListConflicts, ResolveConflict,
		SaveValueModel, ShowValueModel, EstimateValue,
		ListGates, EvaluateGates, ShowBoard,
		ListTemplates, ShowTemplate, SaveTemplate, PublishTemplate, ImportTemplate, ExportTemplate,
		BeginWorksheet, ListWorksheets, ShowWorksheet, AnswerWorksheet, MoveWorksheet,
		ShowReadiness, ShowGuide, GiveSignOff, ListSignOffs, RevokeSignOff,
		AddComment, ListComments, EditComment, ResolveComment, ReopenComment, ListMentions,
		ListActivity, ShowPast,
		MakeReport,
		ShowThread,
		ListPeers, AddPeer, RemovePeer, SyncNow,
		SetRight, RemoveMember, ListDevices, RenameDevice, RemoveDevice, MakeInvite, ListInvites, WithdrawInvite, ReadInvite,
		ListPresence, SayPresence,
	}
}
