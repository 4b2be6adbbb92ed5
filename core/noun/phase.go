package noun

// Phase is a phase of the lifecycle that a project goes round in.
type Phase string

// The phases. Kinds that serve all of them have none.
const (
	Design      Phase = "design"
	Development Phase = "development"
	Deployment  Phase = "deployment"
	Monitoring  Phase = "monitoring"
)

// Phases lists the phases in their order.
var Phases = []Phase{Design, Development, Deployment, Monitoring}

// In says that documents of the kind belong to phase.
func (n Noun[T]) In(phase Phase) Noun[T] {
	n.Phase = phase
	return n
}
