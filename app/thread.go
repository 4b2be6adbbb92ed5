package app

import (
	"context"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/thread"
)

// ShowThread shows how what a project has agreed to hangs together.
var ShowThread = Call[ThreadRequest, Thread]{"thread/show", "Shows the thread of a project: from each requirement to its key metrics, to the value model, to what it is worth.", (*App).showThread}

// ThreadRequest asks for the thread of a project.
type ThreadRequest struct {
	Project string `json:"project"` // ID, first digits of it, or name
}

// Thread is the strands of a project: one for each requirement that can be
// measured and for each key metric that serves none, the most money first.
type Thread struct {
	Project id.Doc          `json:"project"`
	Strands []thread.Strand `json:"strands"`
}

func (a *App) showThread(ctx context.Context, req ThreadRequest) (Thread, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return Thread{}, err
	}
	d := thread.Design{Called: a.personName}
	if d.Metrics, err = a.docsOf(ctx, noun.KeyMetrics.Kind, project); err != nil {
		return Thread{}, err
	}
	if d.Requirements, err = a.docsOf(ctx, noun.Requirements.Kind, project); err != nil {
		return Thread{}, err
	}
	models, err := a.docsOf(ctx, noun.ValueModels.Kind, project)
	if err != nil {
		return Thread{}, err
	}
	for _, held := range models {
		m := thread.Model{Doc: held}
		if m.Value, err = modelOf(held); err != nil {
			m.Problem, _ = fault.Told(err)
		}
		d.Models = append(d.Models, m)
	}
	return Thread{project, thread.Strands(d)}, nil
}
