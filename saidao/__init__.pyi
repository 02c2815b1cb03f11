"""Public names and where they are at home: the one list, which `__init__.py` reads, and editors and mypy too."""

from . import mcda as mcda
from . import optimize as optimize
from .case import Case as Case
from .case import load_case as load_case
from .workbook.save_case import save_case as save_case
from .importing.reading import Import as Import
from .importing.reading import import_table as import_table
from .errors import CaseError as CaseError
from .errors import Infeasible as Infeasible
from .errors import SaidaoError as SaidaoError
from .errors import Stopped as Stopped
from .errors import Unproven as Unproven
from .study.plan import Plan as Plan
from .study.verbs import gaps as gaps
from .study.verbs import plan as plan
from .study.rank import TrackRanking as TrackRanking
from .study.rank import rank as rank
from .study.weights import Weightings as Weightings
from .study.weights import weigh as weigh
from .study.weights import weightings as weightings
from .questions.acceptability import Acceptability as Acceptability
from .questions.acceptability import acceptability as acceptability
from .questions.ask import Inquiry as Inquiry
from .questions.ask import ask as ask
from .questions.compare import Comparison as Comparison
from .questions.compare import compare as compare
from .questions.compare_plans import PlanComparison as PlanComparison
from .questions.compare_plans import compare_plans as compare_plans
from .questions.explain import Explanation as Explanation
from .questions.explain import explain as explain
from .questions.frontier import Frontier as Frontier
from .questions.frontier import frontier as frontier
from .questions.replan import Replan as Replan
from .questions.replan import replan as replan
from .questions.robust import Robustness as Robustness
from .questions.robust import robustness as robustness
from .questions.scenarios import Scenarios as Scenarios
from .questions.scenarios import scenarios as scenarios
from .questions.sensitivity import Sensitivity as Sensitivity
from .questions.sensitivity import sensitivity as sensitivity
from .questions.tipping import Tipping as Tipping
from .questions.tipping import tipping as tipping
from .questions.variants import Variants as Variants
from .questions.variants import variants as variants
from .framework.balance import Balance as Balance
from .framework.balance import balance as balance
from .framework.candidates import Candidates as Candidates
from .framework.candidates import admit as admit
from .framework.candidates import candidates as candidates
from .framework.chains import Chains as Chains
from .framework.chains import chains as chains
from .framework.phasing import phase as phase
from .framework.readings import Readings as Readings
from .framework.readings import readings as readings
from .framework.stages import Stages as Stages
from .framework.stages import stages as stages
from .framework.tfp.panel import Productivity as Productivity
from .framework.tfp.panel import productivity as productivity
from .reporting import report as report
from .app.serving import serve as serve

__version__: str
__all__: list[str]

def homes() -> dict[str, str]: ...
