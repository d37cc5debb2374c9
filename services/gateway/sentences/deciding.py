"""Sentences of assessing and deciding: refusals, rules, the gates with their reasons, and the words for codes."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "de_minimis_over": marked(
        "The de minimis aid of the whole group of companies would go over %(ceiling)s: %(used)s is used, %(free)s is "
        "left and this award is %(needed)s. Nothing was saved. What counts: %(awards)s."
    ),
    "figures_changed": marked(
        "Computed now, the decision would not be what was proposed (%(gate)s: proposed %(proposed)s, now %(now)s). "
        "Return it, so that the proposal is made anew."
    ),
}

RULES: dict[str, str] = {
    "gate_failed": marked("“%(gate)s” does not hold. Aid cannot be proposed."),
    "gate_open": marked("“%(gate)s” has not been settled yet."),
    "not_overridable": marked("The law leaves no discretion over “%(gate)s”, or nothing stands in its way."),
    "scores_missing": marked("A rejection by score shows the score of every criterion: some have none yet."),
    "not_a_whole_number": marked("Write a whole number, for example 4."),
    "unknown_choice": marked("Choose one of the answers."),
    "not_asked_in_call": marked("The call does not ask this."),
    "least_above_most": marked("The least is above the most, %(most)s."),
}

WORDS: dict[str, dict[str, str]] = {
    "gate": {
        "basis": marked("Ground of the aid"),
        "eligibility": marked("General eligibility"),
        "criteria": marked("Selection criteria"),
        "checklist": marked("Checklist"),
        "opinion": marked("Opinion of the regional cooperation group"),
        "tax_debt": marked("Taxes"),
        "recovery_order": marked("Recovery of unlawful aid"),
        "size": marked("Size of the company"),
        "difficulty": marked("Undertaking in difficulty"),
        "incentive_effect": marked("Incentive effect"),
        "area": marked("Area of regional aid"),
        "cumulation": marked("Other aid to the same costs"),
        "de_minimis": marked("De minimis room"),
        "simplified_costs": marked("Simplified cost options"),
        "aid": marked("Sum of the aid"),
        "eligible_costs": marked("Eligible costs"),
    },
    "gate_status": {
        "passed": marked("in order"),
        "failed": marked("stops"),
        "open": marked("not settled"),
        "not_applied": marked("not asked"),
        "overridden": marked("passed with a reason"),
    },
    "gate_why": {
        "not_asked": marked("The call does not ask this."),
        "not_state_aid": marked("The call grants no State aid."),
        "not_company_aid": marked("Asked of company aid only."),
        "basis_in_force": marked("The regulation is in force on %(day)s."),
        "basis_not_in_force": marked("The regulation is not in force on %(day)s."),
        "eligible": marked("Every question is answered yes."),
        "not_eligible": marked("Answered no: %(questions)s"),
        "questions_unanswered": marked("Not answered: %(questions)s"),
        "points_reach_least": marked("%(total)s points of %(most)s, at least %(least)s are needed."),
        "points_below_least": marked("%(total)s points, at least %(least)s are needed."),
        "criterion_below_least": marked("Below the minimum of the criterion: %(criteria)s"),
        "criteria_unscored": marked("Not scored: %(criteria)s"),
        "checklist_done": marked("Everything has been checked."),
        "checklist_undone": marked("To be done: %(items)s"),
        "opinion_heard": marked("The opinion came on %(day)s: %(result)s."),
        "opinion_against": marked("The opinion of %(day)s is against the project."),
        "opinion_not_given": marked("The opinion has not been recorded."),
        "not_checked": marked("This has not been checked."),
        "no_tax_debt": marked("No tax debt on %(day)s (%(where)s)."),
        "tax_debt_arranged": marked("There is tax debt under a payment plan on %(day)s (%(where)s)."),
        "tax_debt_found": marked("There is tax debt on %(day)s (%(where)s)."),
        "no_recovery_order": marked("No recovery order on %(day)s (%(where)s)."),
        "recovery_outstanding": marked("Unlawful aid has not been paid back on %(day)s (%(where)s)."),
        "size_known": marked("Size class: %(size)s."),
        "figures_missing": marked("Staff, turnover or balance is missing."),
        "article_not_for_size": marked("This ground of aid is not for this size: %(size)s."),
        "accounts_missing": marked("Figures of the accounts are missing."),
        "years_missing": marked("Debt, equity, EBITDA and interest of two years are missing."),
        "in_difficulty": marked("The company is in difficulty (point %(grounds)s)."),
        "not_in_difficulty": marked("The company is not in difficulty."),
        "start_of_works_unknown": marked("When the works started has not been found out."),
        "applied_before_works": marked("Applied on %(applied)s, before the works started."),
        "works_before_application": marked("The works started on %(works)s and the application came on %(applied)s."),
        "place_or_size_missing": marked("The municipality or the size of the company is missing."),
        "area_allows": marked("Area %(area)s, %(size)s: at most %(rate)s."),
        "area_to_be_checked": marked("The area of the municipality is not known for certain."),
        "between_the_maps": marked("No map of regional aid was in force on the day."),
        "no_map_on_the_day": marked("There is no map of regional aid for the day."),
        "outside_the_laws": marked("The laws on company aid do not apply in Åland."),
        "large_outside_areas": marked("A large company gets no regional aid in area %(area)s."),
        "fits_beside_other_aid": marked("Other aid takes %(counted)s, and %(room)s is left."),
        "no_room_beside_other_aid": marked("Other aid takes %(counted)s: nothing is left for new aid."),
        "fits_in_room": marked("%(used)s of %(ceiling)s is used since %(first)s; with this award it fits."),
        "register_tells_ended": marked(
            "The business register told on %(day)s that the company ended on %(ended)s. Fetch its data anew or settle "
            "it."
        ),
        "register_tells_insolvency": marked(
            "The business register told on %(day)s of open proceedings (%(situations)s), and the assessment says there "
            "are none. Settle which is right."
        ),
        "rule_ended": marked(
            "The rule's own table ended on %(last)s, and what follows it is not in this service yet. Without it the "
            "condition cannot be examined."
        ),
        "same_award_unclear": marked(
            "%(free)s is left and %(needed)s would be needed, but declared aid may be what the register has already: "
            "%(awards)s. Say in the assessment whether it is the same award."
        ),
        "over_the_ceiling": marked(
            "%(used)s of %(ceiling)s is used since %(first)s: %(free)s is left, %(needed)s would be needed."
        ),
        "simplified_costs_used": marked("The call uses a simplified cost option."),
        "simplified_costs_not_needed": marked("Actual costs may be used."),
        "simplified_costs_needed": marked(
            "The costs are %(costs)s, at most %(limit)s: a simplified cost option has to be used."
        ),
    },
    "evidence_source": {"ytj": marked("Business register (YTJ)")},
    "aid_basis": {
        "unsaid": marked("not said in the call"),
        "not_state_aid": marked("no State aid"),
        "de_minimis": marked("de minimis aid, (EU) 2023/2831"),
        "regional_aid": marked("regional investment aid, (EU) 651/2014 art. 14"),
        "gber_art_17": marked("investment aid to SMEs, (EU) 651/2014 art. 17"),
        "gber_art_18": marked("consultancy aid to SMEs, (EU) 651/2014 art. 18"),
        "gber_art_19": marked("aid for fairs to SMEs, (EU) 651/2014 art. 19"),
        "gber_art_25": marked("research and development aid, (EU) 651/2014 art. 25"),
        "gber_art_28": marked("innovation aid to SMEs, (EU) 651/2014 art. 28"),
        "gber_art_31": marked("training aid, (EU) 651/2014 art. 31"),
    },
    "tax_result": {
        "none": marked("No tax debt"),
        "arranged": marked("Tax debt under a payment plan that is kept"),
        "debt": marked("Tax debt"),
    },
    "recovery_result": {
        "none": marked("Nothing to be paid back"),
        "outstanding": marked("Unlawful aid not paid back"),
    },
    "opinion_result": {
        "for": marked("for the project"),
        "against": marked("against the project"),
        "none_given": marked("no opinion given"),
    },
    "fell_why": {
        "assessment_changed": marked("the assessment was changed"),
        "completed": marked("the application was completed"),
        "disqualified": marked("the preparing official is disqualified"),
        "heard": marked("the party commented in its hearing"),
        "opinion_came": marked("an opinion came"),
        "evidence_came": marked("the applicant sent files"),
        "group_changed": marked("the group of companies of the applicant changed"),
        "register_changed": marked("the business register told something new of the applicant"),
        "file_infected": marked("a virus was found in one of its files"),
        "payments_changed": marked("payments of the case changed"),
        "review_sought": marked("review was sought"),
        "amendment_sought": marked("a change was applied for"),
    },
    "public_exception": {
        "public_investment_company": marked("public investment company"),
        "university": marked("university or research centre"),
        "institutional_investor": marked("institutional investor"),
        "small_municipality": marked("small municipality"),
    },
    "research": {
        "research_fundamental": marked("fundamental research"),
        "research_industrial": marked("industrial research"),
        "research_experimental": marked("experimental development"),
        "research_feasibility": marked("feasibility study"),
    },
}

STEPS: dict[str, str] = {
    "ceiling_by_kind": marked("Highest share for this kind of project, %(rate)s"),
    "ceiling_by_map": marked("Highest share of regional aid in the area, %(rate)s"),
    "ceiling_by_article": marked("Highest share by the article of the ground of aid, %(rate)s"),
    "room_beside_other_aid": marked("What other aid to the same costs leaves"),
}

EVENTS: dict[str, str] = {
    "applications.assessment_saved": marked("Assessment saved"),
    "applications.proposal_fell": marked("Proposal fell: the case had changed"),
}
