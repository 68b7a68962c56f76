from aws_cdk import App

from everything_stack import EverythingStack
from existing_stack import ExistingStack
from minimal_stack import MinimalStack
from parts_stack import PartsStack

# Reports of use name the language, and would be the one thing that differs.
app = App(analytics_reporting=False)
MinimalStack(app, "Minimal")
EverythingStack(app, "Everything")
ExistingStack(app, "Existing")
PartsStack(app, "Parts")
app.synth()
