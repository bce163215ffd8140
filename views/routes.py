"""The map of the screens: one address, one screen."""

import flet as ft

from portal.contract.people import Role
from views.citizen.about_me import AboutMeScreen
from views.citizen.calendar.address import CalendarAddressScreen
from views.citizen.calendar.appointment import AppointmentScreen
from views.citizen.calendar.cannot_come import CannotComeScreen
from views.citizen.calendar.follow_up import FollowUpScreen
from views.citizen.calendar.screen import CalendarScreen
from views.citizen.contact import ContactScreen
from views.citizen.facts.one import FactScreen
from views.citizen.facts.request import FactRequestScreen
from views.citizen.facts.screen import FactsScreen
from views.citizen.family import FamilyScreen
from views.citizen.goal import GoalScreen
from views.citizen.goal_edit import EditGoalScreen
from views.citizen.goal_history import GoalHistoryScreen
from views.citizen.goal_moves import ROUTE as MOVE
from views.citizen.goal_moves import MoveGoalScreen
from views.citizen.goals import GoalsScreen
from views.citizen.goals_order import GoalsOrderScreen
from views.citizen.log import LogScreen
from views.citizen.messages import MessagesScreen, NewMessageScreen
from views.citizen.minutes.one import OneMinutesScreen
from views.citizen.minutes.screen import MinutesScreen
from views.citizen.new_goal import NewGoalScreen, NewJointGoalScreen
from views.citizen.overview import OverviewScreen
from views.citizen.plan.assessment import AssessmentScreen
from views.citizen.plan.own_view import OwnViewScreen
from views.citizen.plan.screen import PlanScreen
from views.citizen.promise_question import AskAboutPromiseScreen
from views.citizen.promises import PromisesScreen
from views.citizen.rights import RightsScreen
from views.citizen.sharing.consent import ConsentScreen, ReceiptScreen
from views.citizen.sharing.give import ROUTE as GIVE
from views.citizen.sharing.give import GiveConsentScreen
from views.citizen.sharing.offers import OffersScreen
from views.citizen.sharing.screen import SharingScreen
from views.citizen.sharing.sign import ROUTE as SIGN
from views.citizen.sharing.sign import SignScreen
from views.citizen.sharing.withdraw import WithdrawScreen
from views.citizen.waiting import ADDRESS as WAITING
from views.citizen.waiting import WaitingScreen
from views.citizen.welcome import ADDRESS as WELCOME
from views.citizen.welcome import WelcomeScreen
from views.contact_person.briefing import BriefingScreen
from views.contact_person.citizens import CitizensScreen
from views.contact_person.inbox import InboxScreen
from views.contact_person.move_appointment import ROUTE as MOVE_MEETING
from views.contact_person.move_appointment import MoveAppointmentScreen
from views.contact_person.propose_goal import ProposeGoalScreen
from views.contact_person.write import WriteToCitizenScreen
from views.frame import Frame
from views.messages.thread import ThreadScreen
from views.more import MoreScreen
from views.not_found import NotFoundScreen
from views.profile import ProfileScreen
from views.sessions import SessionsScreen

_CITIZEN = [
    ft.Route(index=True, component=OverviewScreen),
    ft.Route(path=WAITING, component=WaitingScreen),
    ft.Route(path=WELCOME, component=WelcomeScreen),
    ft.Route(path="/plan", component=PlanScreen),
    ft.Route(path="/plan/assessment", component=AssessmentScreen),
    ft.Route(path="/plan/assessment/:theme", component=OwnViewScreen),
    ft.Route(path="/goals", component=GoalsScreen),
    ft.Route(path="/goals/new", component=NewGoalScreen),
    ft.Route(path="/goals/order", component=GoalsOrderScreen),
    ft.Route(path="/goals/:goal_id", component=GoalScreen),
    ft.Route(path="/goals/:goal_id/edit", component=EditGoalScreen),
    ft.Route(path="/goals/:goal_id/history", component=GoalHistoryScreen),
    ft.Route(path=f"/goals/:goal_id/{MOVE}", component=MoveGoalScreen),
    ft.Route(path="/contact", component=ContactScreen),
    ft.Route(path="/messages", component=MessagesScreen),
    ft.Route(path="/messages/new", component=NewMessageScreen),
    ft.Route(path="/messages/:thread_id", component=ThreadScreen),
    ft.Route(path="/family", component=FamilyScreen),
    ft.Route(path="/family/:household_id/new-goal", component=NewJointGoalScreen),
    ft.Route(path="/sharing", component=SharingScreen),
    ft.Route(path="/sharing/new", component=OffersScreen),
    ft.Route(path=GIVE, component=GiveConsentScreen),
    ft.Route(path="/sharing/:consent_id", component=ConsentScreen),
    ft.Route(path="/sharing/:consent_id/receipt", component=ReceiptScreen),
    ft.Route(path=SIGN, component=SignScreen),
    ft.Route(path="/sharing/:consent_id/withdraw", component=WithdrawScreen),
    ft.Route(path="/about-me", component=AboutMeScreen),
    ft.Route(path="/calendar", component=CalendarScreen),
    ft.Route(path="/calendar/address", component=CalendarAddressScreen),
    ft.Route(path="/calendar/follow-ups/:follow_up_id", component=FollowUpScreen),
    ft.Route(path="/calendar/:appointment_id", component=AppointmentScreen),
    ft.Route(path="/calendar/:appointment_id/cannot", component=CannotComeScreen),
    ft.Route(path="/promises", component=PromisesScreen),
    ft.Route(path="/promises/:promise_id/ask", component=AskAboutPromiseScreen),
    ft.Route(path="/minutes", component=MinutesScreen),
    ft.Route(path="/minutes/:minutes_id", component=OneMinutesScreen),
    ft.Route(path="/facts", component=FactsScreen),
    ft.Route(path="/facts/:topic", component=FactScreen),
    ft.Route(path="/facts/requests/:request_id", component=FactRequestScreen),
    ft.Route(path="/log", component=LogScreen),
    ft.Route(path="/rights", component=RightsScreen),
    ft.Route(path="/more", component=MoreScreen),
]

_CONTACT_PERSON = [
    ft.Route(index=True, component=InboxScreen),
    ft.Route(path="/work", component=InboxScreen),
    ft.Route(path="/work/citizens", component=CitizensScreen),
    ft.Route(path="/work/citizens/:citizen_id", component=BriefingScreen),
    ft.Route(path="/work/citizens/:citizen_id/write", component=WriteToCitizenScreen),
    ft.Route(path="/work/citizens/:citizen_id/propose-goal", component=ProposeGoalScreen),
    ft.Route(path=MOVE_MEETING, component=MoveAppointmentScreen),
    ft.Route(path="/messages/:thread_id", component=ThreadScreen),
]

_EVERYBODY = [
    ft.Route(path="/profile", component=ProfileScreen),
    ft.Route(path="/profile/sessions", component=SessionsScreen),
    ft.Route(path="/:rest*", component=NotFoundScreen),
]

_ROUTES = {
    Role.CITIZEN: [
        ft.Route(component=Frame, outlet=True, children=[*_CITIZEN, *_EVERYBODY]),
    ],
    Role.CONTACT_PERSON: [
        ft.Route(component=Frame, outlet=True, children=[*_CONTACT_PERSON, *_EVERYBODY]),
    ],
}


@ft.component
def Screens(role: Role) -> ft.Control:
    """Draw the screen of the current address."""
    return ft.Router(_ROUTES[role], manage_views=True)
